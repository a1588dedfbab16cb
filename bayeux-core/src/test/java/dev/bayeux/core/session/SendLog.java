package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import dev.bayeux.core.session.SessionEvent.ConnectWanted;
import dev.bayeux.core.session.SessionEvent.ConnectionCheckWanted;
import dev.bayeux.core.session.SessionEvent.Delivered;
import dev.bayeux.core.session.SessionEvent.ResumeWanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When handshakes and connects were sent since the program connected, and how many there may be. Whatever is sent sooner
 * than the backoff's first wait after its like is hasty; the bounds on hasty requests are what makes storms impossible.
 */
final class SendLog {

    private static final long NS_PER_SECOND = 1_000_000_000;

    private final SessionSettings settings;
    private final List<Long> hastyHandshakes = new ArrayList<>();
    private long openedNs;
    private final Map<Integer, Long> lastHandshakeNs = new HashMap<>();
    private final List<Long> interventions = new ArrayList<>();
    private long lastConnectNs;
    private int handshakes;
    private int hastyConnects;
    private int fruitful;

    SendLog(SessionSettings settings) {
        this.settings = settings;
    }

    void opened(long nowNs) {
        hastyHandshakes.clear();
        openedNs = nowNs;
        lastHandshakeNs.clear();
        interventions.clear();
        lastConnectNs = nowNs - NS_PER_SECOND;
        handshakes = 0;
        hastyConnects = 0;
        fruitful = 0;
    }

    void happened(SessionEvent event, long nowNs) {
        if (event instanceof ConnectionCheckWanted || event instanceof ResumeWanted || event instanceof ConnectWanted) {
            interventions.add(nowNs);
        }
        boolean delivered = event instanceof Delivered(var count, var served) && served > 0
                || event instanceof ConnectAnswered answer && answer.deliveries() > 0;
        fruitful += delivered ? 1 : 0;
    }

    void sent(SessionAction action, long nowNs) {
        long increment = settings.backoff().increment().toNanos();
        switch (action) {
            case SendHandshake handshake -> {
                handshakes++;
                Long last = lastHandshakeNs.put(handshake.endpoint(), nowNs);
                if (last != null && nowNs - last < increment) {
                    hastyHandshakes.add(nowNs);
                    checkHandshakes();
                }
            }
            case SendConnect connect -> {
                if (nowNs - lastConnectNs < increment) {
                    hastyConnects++;
                    checkConnects(nowNs);
                }
                lastConnectNs = nowNs;
            }
            default -> {
                // Nothing that keeps a session.
            }
        }
    }

    /**
     * In any span of time: the budget, what time has given back, one for each other transport, and what the program asks
     * for. Those to another endpoint are not hasty: to go round in circles leads back to the first.
     */
    private void checkHandshakes() {
        long last = hastyHandshakes.getLast();
        for (int first = 0; first < hastyHandshakes.size(); first++) {
            long earned = (last - hastyHandshakes.get(first)) / settings.backoff().maximum().toNanos() + 1;
            long allowed = RequestBudget.HANDSHAKES + earned + settings.connectionTypes().size() - 1
                    + interventionsSince(hastyHandshakes.get(first));
            int sent = hastyHandshakes.size() - first;
            assertTrue(sent <= allowed, () -> sent + " hasty handshakes where " + allowed + " are allowed");
        }
    }

    /**
     * Two for each handshake (the first of the session, and the one after it), two for each failure, which costs the
     * backoff, one for each that served a subscriber, one for each wait that another reply may end, and the patience.
     */
    private void checkConnects(long nowNs) {
        long failures = (nowNs - openedNs) / settings.backoff().increment().toNanos() + 1;
        long ended = RequestBudget.HANDSHAKES + (nowNs - openedNs) / settings.backoff().maximum().toNanos();
        long allowed = 2L * handshakes + 2 * failures + RequestBudget.CONNECTS + 1 + fruitful + ended
                + 2 * interventionsSince(openedNs);
        assertTrue(hastyConnects <= allowed, () -> hastyConnects + " hasty connects where " + allowed + " are allowed");
    }

    private long interventionsSince(long fromNs) {
        return interventions.stream().filter(atNs -> atNs >= fromNs).count();
    }
}
