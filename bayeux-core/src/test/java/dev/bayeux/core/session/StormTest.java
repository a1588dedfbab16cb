package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.Delivered;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that answers everything at once with empty replies: time passes only while the client itself waits. */
class StormTest {

    private static final int SEEDS = 50;
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    /**
     * The most that one minute may hold: at most 60 waits of a second or more, each followed by a handshake and two
     * connects; the handshakes of the budget with two connects each and one for the other transport, and the patience
     * with empty connects.
     */
    private static final int MOST = 60 * 3 + (RequestBudget.HANDSHAKES + 2 + 1) * 3 + RequestBudget.CONNECTS + 1;

    @Test
    @Tag("C-23")
    void noServerCanMakeAStorm() {
        for (long seed = 0; seed < SEEDS; seed++) {
            long now = seed;
            Walk.checked(seed, () -> storm(now));
        }
    }

    private static void storm(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HostileServer server = new HostileServer(random);
        SessionSettings settings = new SessionSettings(List.of("websocket", "long-polling"), TestClient.ENDPOINTS,
                Duration.ofSeconds(10),
                Backoff.DEFAULT, OnServerDisconnect.RECONNECT, true, true);
        Walk walk = new Walk(settings, seed);
        ArrayDeque<Long> lastMinute = new ArrayDeque<>();
        long openedNs = walk.nowNs();
        walk.step(new ConnectWanted());
        while (walk.nowNs() - openedNs < 10 * MINUTE_NS) {
            Transition done = walk.step(next(walk, server));
            for (SessionAction action : done.actions()) {
                if (action instanceof SendHandshake || action instanceof SendConnect) {
                    lastMinute.addLast(walk.nowNs());
                }
            }
            while (!lastMinute.isEmpty() && walk.nowNs() - lastMinute.getFirst() > MINUTE_NS) {
                lastMinute.removeFirst();
            }
            assertTrue(lastMinute.size() <= MOST, () -> lastMinute.size() + " requests in a minute");
        }
    }

    /** Of several answers the one that makes the client send soonest, and none that makes it stop. */
    private static SessionEvent next(Walk walk, HostileServer server) {
        SessionState state = walk.state();
        if (state.wakeAtNs() != Long.MAX_VALUE) {
            walk.after(state.wakeAtNs() - walk.nowNs());
            return new TimeReached();
        }
        SessionEvent worst = new TimeReached();
        long soonest = Long.MAX_VALUE;
        for (int n = 0; n < 4; n++) {
            SessionEvent answer = withNothing(state, server);
            SessionState then = walk.machine().step(state, answer, walk.nowNs()).state();
            long next = then.outstanding() == null ? then.wakeAtNs() : walk.nowNs();
            if (!then.isOver() && next < soonest) {
                worst = answer;
                soonest = next;
            }
        }
        return worst;
    }

    private static SessionEvent withNothing(SessionState state, HostileServer server) {
        SessionEvent said = state.outstanding() == null ? server.anything(state) : server.answer(state);
        return switch (said) {
            case ConnectAnswered answer -> new ConnectAnswered(answer.reply(), 0);
            case Delivered(var count, var served) -> new Delivered(count, 0);
            default -> said;
        };
    }
}
