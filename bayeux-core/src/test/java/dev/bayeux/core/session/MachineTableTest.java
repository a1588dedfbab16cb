package dev.bayeux.core.session;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ConnectionStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every place and every event: what is not in the table changes nothing (C-35). */
class MachineTableTest {

    /** Rows are {@link Places}, columns {@link Happenings}, cells {@link #OUTCOMES}. */
    private static final String TABLE = """
            place                  CW DW AB  CD SU RE  HY HN HF H0  CY CN CF C0  LO LF  RD RF FD FF  AD AH RU RS DE SD ED  DU EA  DM
            disconnected           H  .  .   .  .  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   .  .  .  .  .  .  .   .  .  .
            stopped                H  .  .   .  .  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   .  .  .  .  .  .  .   .  .  .
            handshaking            .  A  X   d  s  .   R  w  .  .   .  .  .  .   w  .   .  .  .  .   .  .  .  .  .  .  .   .  .  .
            rehandshaking-waiting  .  X  X   k  s  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   .  .  .  .  .  .  .   h  .  .
            rehandshaking          .  A  X   k  s  .   R  w  .  .   .  .  .  .   w  .   .  .  .  .   .  .  .  .  .  .  .   .  .  .
            session-lost           .  A  X   k  s  .   R  w  .  .   .  .  .  .   w  .   .  .  .  .   .  .  .  .  .  .  .   .  .  .
            receiving              .  D  X   .  s  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   =  n  .  .  R  !  .   R  .  o
            restoring              .  D  X   .  s  .   .  .  .  .   .  .  .  .   .  .   1  .  u  .   =  n  .  .  =  !  .   .  .  o
            handshaken-waiting     .  D  X   v  s  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   =  n  m  .  =  !  .   1  .  O
            connecting             .  D  X   c  s  .   .  .  .  .   C  u  .  .   u  .   .  .  .  .   =  n  .  .  =  !  .   .  .  o
            restoring-again        .  D  X   .  s  .   .  .  .  .   .  .  .  .   .  .   C  .  u  .   =  n  .  .  =  !  .   .  .  o
            connected-waiting      .  D  X   V  s  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   =  n  m  .  =  !  .   C  .  O
            connected              .  D  X   c  s  .   .  .  .  .   C  u  .  .   u  .   .  .  .  .   =  n  .  .  =  !  .   .  .  o
            unconnected-waiting    .  D  X   c  s  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   =  n  n  U  =  !  .   U  .  O
            unconnected            .  D  X   c  s  .   .  .  .  .   C  u  .  .   u  .   .  .  .  .   =  n  n  .  =  !  .   .  .  o
            unrestored             .  D  X   c  s  .   .  .  .  .   r  u  .  .   u  .   .  .  .  .   =  n  n  .  =  !  .   .  .  o
            disconnecting          .  .  X   .  .  .   .  .  .  .   =  =  .  .   =  .   .  .  .  .   .  .  .  .  .  .  =   X  .  =
            disconnect-answered    .  .  X   .  .  .   .  .  .  .   X  X  .  .   X  .   .  .  .  .   .  .  .  .  .  .  .   X  .  =
            disconnecting-idle     .  .  X   .  .  .   .  .  .  .   .  .  .  .   .  .   .  .  .  .   .  .  .  .  .  .  X   X  .  =
            abandoning             .  .  X   .  .  .   e  a  .  .   .  .  .  .   a  .   .  .  .  .   .  .  .  .  .  .  .   a  .  .
            suspended              U  D  X   .  .  U   .  .  .  .   .  .  .  .   .  .   .  .  .  .   .  f  .  .  .  !  .   .  .  q
            suspended-without      h  X  X   .  .  h   .  .  .  .   .  .  .  .   .  .   .  .  .  .   .  .  .  .  .  .  .   .  .  .
            """;

    /** The next status and the actions, in order. */
    private static final Map<String, String> OUTCOMES = Map.ofEntries(Map.entry("H", "HANDSHAKING [SendHandshake]"),
            Map.entry("h", "REHANDSHAKING [SendHandshake]"), Map.entry("w", "REHANDSHAKING [ReportFailure]"),
            Map.entry("R", "HANDSHAKEN [Restore]"), Map.entry("1", "CONNECTING [SendConnect]"),
            Map.entry("r", "CONNECTING [Restore]"),
            Map.entry("C", "CONNECTED [SendConnect]"), Map.entry("U", "RECONNECTING [SendConnect]"),
            Map.entry("u", "RECONNECTING [ReportFailure]"),
            Map.entry("m", "REHANDSHAKING [ReportFailure, FailSent]"),
            Map.entry("n", "REHANDSHAKING [ReportFailure, FailSent, SendHandshake]"),
            Map.entry("D", "DISCONNECTING [FailQueued, SendDisconnect]"),
            Map.entry("X", "DISCONNECTED [FailSent, FailQueued, End]"),
            Map.entry("!", "DISCONNECTED [ReportFailure, FailSent, FailQueued, End]"),
            Map.entry("A", "DISCONNECTED [FailQueued]"), Map.entry("a", "DISCONNECTED [End]"),
            Map.entry("e", "DISCONNECTED [EndUnwantedSession, End]"),
            Map.entry("d", "HANDSHAKING [RenewConnections, SendHandshake]"),
            Map.entry("k", "REHANDSHAKING [RenewConnections, SendHandshake]"),
            Map.entry("v", "HANDSHAKEN [RenewConnections]"), Map.entry("V", "CONNECTED [RenewConnections]"),
            Map.entry("c", "RECONNECTING [RenewConnections, SendConnect]"),
            Map.entry("s", "SUSPENDED [RenewConnections]"), Map.entry("f", "SUSPENDED [ReportFailure, FailSent]"),
            Map.entry("o", "REHANDSHAKING [EndAbandonedSession, FailSent, SendHandshake]"),
            Map.entry("O", "REHANDSHAKING [EndAbandonedSession, FailSent]"),
            Map.entry("q", "SUSPENDED [FailSent]"));

    private final Map<String, Supplier<TestClient>> places = Places.all();
    private final Map<String, Function<SessionState, SessionEvent>> events = Happenings.all();

    @TestFactory
    @Tag("C-35")
    Stream<DynamicTest> everyEventInEveryPlace() {
        List<List<String>> rows = TABLE.lines().map(line -> List.of(line.split(" +"))).toList();
        List<String> columns = rows.getFirst().subList(1, rows.getFirst().size());
        assertEquals(List.copyOf(events.keySet()).stream().sorted().toList(), columns.stream().sorted().toList());
        assertEquals(List.copyOf(places.keySet()), rows.stream().skip(1).map(List::getFirst).toList());
        return rows.stream().skip(1).flatMap(row -> {
            assertEquals(columns.size() + 1, row.size(), row.getFirst());
            return columns.stream().map(column -> DynamicTest.dynamicTest(row.getFirst() + " " + column,
                    () -> check(row.getFirst(), column, row.get(columns.indexOf(column) + 1))));
        });
    }

    private void check(String place, String column, String cell) {
        TestClient client = places.get(place).get();
        SessionState before = client.state();
        if (column.equals("DU")) {
            client.wakesIfDue();
        } else {
            client.happens(events.get(column).apply(before));
        }
        if (cell.equals(".")) {
            assertEquals(before, client.state());
            assertEquals(List.of(), client.actions());
        } else if (cell.equals("=")) {
            assertEquals(before.status() + " []", client.status() + " " + client.names());
            assertTrue(!before.equals(client.state()), "something is noted");
        } else {
            assertEquals(OUTCOMES.get(cell), client.status() + " " + client.names());
        }
    }

    @Test
    void everyKindOfEventIsInTheTable() {
        SessionState any = TestClient.connected().state();
        assertEquals(Set.of(SessionEvent.class.getPermittedSubclasses()),
                events.values().stream().map(event -> event.apply(any).getClass()).collect(toSet()));
    }

    @Test
    void everyPhaseStepAndStatusIsInTheTable() {
        List<SessionState> all = places.values().stream().map(place -> place.get().state()).toList();
        assertEquals(types(Phase.class), all.stream().map(state -> state.phase().getClass()).collect(toSet()));
        assertEquals(types(Phase.Step.class), all.stream().flatMap(MachineTableTest::step).collect(toSet()));
        assertEquals(Set.of(ConnectionStatus.values()), all.stream().map(SessionState::status).collect(toSet()));
    }

    private static Set<Class<?>> types(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses()).collect(toSet());
    }

    private static Stream<Class<?>> step(SessionState state) {
        return switch (state.phase()) {
            case Phase.Handshaking handshaking -> Stream.of(handshaking.step().getClass());
            case Phase.Live live -> Stream.of(live.step().getClass());
            default -> Stream.empty();
        };
    }
}
