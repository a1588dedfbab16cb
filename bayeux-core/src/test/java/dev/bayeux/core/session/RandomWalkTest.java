package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.core.session.SessionEvent.Aborted;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.ConnectionCheckWanted;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.ResumeWanted;
import dev.bayeux.core.session.SessionEvent.SuspendWanted;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of clients on a hostile network: what must hold whatever happens is checked by {@link Walk}. */
class RandomWalkTest {

    private static final int SEEDS = 3000;
    private static final int STEPS = 60;

    private final Set<ConnectionStatus> seen = EnumSet.noneOf(ConnectionStatus.class);

    @Test
    @Tag("C-35")
    void whateverHappensWhatMustHoldHolds() {
        for (long seed = 0; seed < SEEDS; seed++) {
            long now = seed;
            Walk.checked(seed, () -> walk(now));
        }
        assertEquals(EnumSet.allOf(ConnectionStatus.class), seen, "the walks get everywhere");
    }

    private void walk(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HostileServer server = new HostileServer(random);
        Walk walk = new Walk(settings(random), seed);
        for (int n = 0; n < STEPS; n++) {
            walk.after(server.pick(List.of(0L, 0L, 0L, 1_000_000L, 150_000_000L, 70_000_000_000L)));
            walk.step(next(walk, server, random.nextInt(100)));
            seen.add(walk.state().status());
        }
    }

    private static SessionSettings settings(SplittableRandom random) {
        List<String> types = random.nextBoolean() ? List.of("long-polling") : List.of("websocket", "long-polling");
        List<Endpoint> endpoints = random.nextBoolean() ? TestClient.ENDPOINTS : Settings.THREE;
        Backoff backoff = random.nextInt(4) == 0 ? Backoff.DEFAULT.withMaxAttempts(4) : Backoff.DEFAULT;
        return new SessionSettings(types, endpoints, Duration.ofSeconds(10), backoff,
                random.nextBoolean() ? OnServerDisconnect.STOP : OnServerDisconnect.RECONNECT, random.nextBoolean(),
                true);
    }

    private static SessionEvent next(Walk walk, HostileServer server, int dice) {
        SessionState state = walk.state();
        if (dice < 2) {
            return new Aborted();
        }
        if (dice < 4) {
            return new DisconnectWanted(5_000_000_000L);
        }
        if (dice < 6) {
            return new ConnectionCheckWanted();
        }
        if (dice < 8) {
            return new SuspendWanted();
        }
        if (state.status() == ConnectionStatus.SUSPENDED && dice < 60) {
            return new ResumeWanted();
        }
        if (state.isOver() && dice < 90) {
            return new ConnectWanted();
        }
        if (state.wakeAtNs() != Long.MAX_VALUE && dice < 75) {
            walk.after(Math.max(0, state.wakeAtNs() - walk.nowNs()));
            return new TimeReached();
        }
        return state.outstanding() != null && dice < 85 ? server.answer(state) : server.anything(state);
    }

    @Test
    void tenHandshakesAtOnceWouldBeNoticed() {
        SendLog log = new SendLog(TestClient.SETTINGS);
        log.opened(0);
        assertThrows(AssertionError.class, () -> {
            for (int n = 0; n < 10; n++) {
                log.sent(new SessionAction.SendHandshake("h" + n, "long-polling", 0), n);
            }
        });
    }

    @Test
    void aHundredConnectsAtOnceWithNothingWouldBeNoticed() {
        SendLog log = new SendLog(TestClient.SETTINGS);
        log.opened(0);
        assertThrows(AssertionError.class, () -> {
            for (int n = 0; n < 100; n++) {
                log.sent(new SessionAction.SendConnect("c" + n, "s", "long-polling", false, 1, null), n);
                log.happened(Reply.yes().toConnect("c" + n, 0), n);
            }
        });
    }
}
