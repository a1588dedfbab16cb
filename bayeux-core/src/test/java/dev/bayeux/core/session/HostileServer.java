package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A server and a network that send anything: valid messages, invalid ones, and those of another client. */
final class HostileServer {

    private static final List<@Nullable Reconnect> WORDS = Arrays.asList(null, Reconnect.RETRY, Reconnect.RETRY,
            Reconnect.HANDSHAKE, Reconnect.NONE);
    private static final long[] TIMES = {0, 0, 0, 1, 20, 2_000, 60_000, 7 * 24 * 3_600_000L};
    private static final List<String> ERRORS = List.of("", "402::session_unknown", "401::no", "403::denied",
            "401:s:Unknown client", "500::x", "free text: with : colons");
    private static final List<String[]> TYPES = List.of(new String[0], new String[]{"long-polling"},
            new String[]{"websocket", "long-polling"}, new String[]{"long-polling", "websocket", "iframe"},
            new String[]{"flash"});
    /** Made once: a stack trace costs more than all the rest of a step. */
    private static final List<BayeuxException> FAILURES = List.of(new TransportException(Problem.LOST, "?", null),
            new TransportException(Problem.TIMED_OUT, "?", null),
            new TransportException(Problem.NOT_CONNECTED, "?", null),
            new TransportException(Problem.UNKNOWN_HOST, "?", null), new MalformedMessageException("?", null),
            TransportException.ofStatus(503, Duration.ofSeconds(7), "?"), TransportException.ofStatus(404, null, "?"),
            TransportException.ofStatus(503, Duration.ofDays(9999), "?"),
            TransportException.ofStatus(401, null, "?"), new ConfigurationException("?"));

    private final SplittableRandom random;
    private int sessions;

    HostileServer(SplittableRandom random) {
        this.random = random;
    }

    /** What may follow the request that is outstanding; most often a reply to it. */
    SessionEvent answer(SessionState state) {
        String id = oneIn(12) ? oneIn(2) ? null : "c1" : state.outstanding();
        if (oneIn(6)) {
            return new SessionEvent.Lost(String.valueOf(id), pick(FAILURES));
        }
        boolean shaking = state.phase() instanceof Phase.Handshaking || state.phase() instanceof Phase.Abandoning;
        return shaking != oneIn(20)
                ? reply(oneIn(4)).clientId(oneIn(15) ? "" : "s" + ++sessions).toHandshake(state, id)
                : reply(oneIn(3)).toConnect(id, oneIn(3) ? 1 : 0);
    }

    /** What a server says without being asked, or to other requests. */
    SessionEvent anything(SessionState state) {
        long serial = oneIn(5) ? state.serial() - 1 : state.serial();
        return switch (random.nextInt(9)) {
            case 0 -> new SessionEvent.RestoringFailed(serial, pick(FAILURES));
            case 1, 2, 3 -> new SessionEvent.Restored(serial);
            case 4 -> new SessionEvent.Delivered(random.nextInt(1, 4), random.nextInt(2));
            case 8 -> new SessionEvent.ReplyReceived(reply(oneIn(2)).on("/chat", "7"));
            case 5 -> new SessionEvent.DisconnectEnded();
            case 6 -> oneIn(10)
                    ? new SessionEvent.ServerDisconnected(reply(false).on(Fields.DISCONNECT, null))
                    : new SessionEvent.TimeReached();
            default -> reply(oneIn(3)).toPublish();
        };
    }

    private Reply reply(boolean refusing) {
        Reply said = refusing ? Reply.no(pick(ERRORS)) : oneIn(30) ? Reply.neither() : Reply.yes();
        said = oneIn(3) ? said.reconnect(pick(WORDS)) : said;
        said = oneIn(6) ? said.interval(oneIn(8) ? -1 : time()) : said;
        said = oneIn(4) ? said.timeout(time()) : said;
        said = oneIn(8) ? said.maxInterval(time()) : said;
        said = oneIn(20) ? said.multipleClients() : said;
        said = oneIn(4) ? said.offering(pick(TYPES)) : said;
        return oneIn(10) ? said.xMessages(oneIn(5) ? Integer.MAX_VALUE : 2) : said;
    }

    private long time() {
        return TIMES[random.nextInt(TIMES.length)];
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T extends @Nullable Object> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
