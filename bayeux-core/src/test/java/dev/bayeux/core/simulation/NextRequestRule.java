package dev.bayeux.core.simulation;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.core.simulation.Beat.Outcome;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows a handshake or connect, and when: tables 4-A and 4-B, C-13, C-15, C-16, C-18, C-19, C-28, C-102. Written
 * from the tables, not from the code. Bounds are one-sided: nothing may come too soon; that it comes at all is proven at
 * the end of a history.
 */
final class NextRequestRule implements Wire {

    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final World world;
    private final Backoff backoff;
    private final boolean reconnects;
    private final int places;
    private final Supplier<ConnectionStatus> status;
    private final Advised advised;
    private @Nullable Beat last;
    private final Interventions interventions;
    private final Map<URI, Long> notBefore = new HashMap<>();
    private @Nullable Long brokenNs;
    private int beats;

    NextRequestRule(World world, Backoff backoff, boolean reconnects, int places,
            Supplier<ConnectionStatus> status) {
        this.world = world;
        this.backoff = backoff;
        this.reconnects = reconnects;
        this.places = places;
        this.status = status;
        this.advised = new Advised(world);
        this.interventions = new Interventions(backoff.increment().toNanos());
    }

    Interventions interventions() {
        return interventions;
    }

    private boolean isNewStart() {
        return interventions.isNewStart(status.get(), world.nowNs());
    }

    int beats() {
        return beats;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        ClientMessage message = messages.getFirst();
        if (!message.isBeat()) {
            // If what restores subscriptions is lost, that may mean that the session is (A11).
            if (message.is("/meta/subscribe")) {
                interventions.byServer(world.nowNs());
            }
            return;
        }
        beats++;
        Beat before = last;
        Beat now = new Beat(message, transport, world.nowNs(), untilNs);
        now.doubtful = brokenNs != null && now.sentNs - brokenNs < MOMENT_NS;
        if (message.isHandshake() && isNewStart()) {
            notBefore.clear();
        }
        if (before != null && before.reply != null && !before.doubtful && !before.isSuperseded()
                && !isOvertaken(before)) {
            advised.certainly(before.reply, before.message.isHandshake(), before.endNs());
        }
        if (world.nowNs() < notBefore.getOrDefault(now.place(), world.nowNs())) {
            world.fail("%s is sent, and the server has asked to be left alone (C-105).".formatted(message.json()));
        }
        if (before != null && !before.place().equals(now.place())) {
            // Another server, as far as the client knows: what the one has advised is not for the other.
            advised.reset();
            if (message.isConnect()) {
                world.fail("A session moves from one server to another.");
            }
        } else if (before != null && before.doubtful) {
            now.failures = 0;
            if (isNewStart()) {
                advised.reset();
            }
        } else if (before != null) {
            settle(before);
            String wrong = message.isHandshake() ? handshakeAfter(before, now) : connectAfter(before, now);
            if (wrong != null && interventions.areDoubts(world.nowNs())) {
                wrong = afterDoubt(before, now);
            }
            if (wrong != null) {
                world.fail("%s after a %s that was %s%s: %s".formatted(message.json(), before.message.channel(),
                        before.outcome.name().toLowerCase(Locale.ROOT),
                        before.reply == null ? "" : " by " + before.reply.json(), wrong));
            }
            boolean same = before.message.channel().equals(message.channel());
            // A request that a connection check abandoned is no failure.
            boolean afresh = before.outcome == Outcome.SUCCESSFUL || !same || isNewStart()
                    || interventions.areDoubts(world.nowNs());
            now.failures = afresh ? 0 : before.failures + 1;
        } else if (message.isConnect()) {
            world.fail("A connect before any handshake.");
        }
        last = now;
        interventions.sent(message, now.sentNs);
    }

    /** Over a socket only the time shows that no thread waits for a reply any more. */
    private void settle(Beat before) {
        if (before.outcome == Outcome.PENDING) {
            givenUp(before);
            before.lost(world.nowNs());
        }
    }

    private void givenUp(Beat beat) {
        beat.givenUp = true;
        if (world.nowNs() < beat.untilNs && !interventions.mayGiveUp(status.get(), world.nowNs())) {
            world.fail("A handshake or connect was given up, and nobody had answered it (T18): " + beat.message.json());
        }
    }

    /** Checks what a connection check does not excuse: it may end the client's own waits, and nothing else. */
    private @Nullable String afterDoubt(Beat before, Beat now) {
        ServerMessage reply = isOvertaken(before) ? null : before.reply;
        boolean connect = now.message.isConnect();
        if (connect && before.message.isHandshake() && before.outcome != Outcome.SUCCESSFUL) {
            return "there is no session (C-13)";
        }
        if (reply != null && stops(before, reply) && (connect || !reconnects)) {
            return "the server said stop";
        }
        if (connect && reply != null && reply.advice() != null && reply.advice().says("handshake")) {
            return "the server asked for a handshake (A2, A6)";
        }
        if (connect && !interventions.isProvenAlive(now.sentNs) && interventions.isOneTooMany(now.sentNs)) {
            return "doubts are served more than once in an increment of the backoff";
        }
        return before.givenUp || isOvertaken(before) ? null : tooSoon(before, now, advised.leastNs());
    }

    /** Whether its end may not have been looked at, since the client gave it up in that instant. */
    private boolean isOvertaken(Beat before) {
        return before.outcome == Outcome.LOST
                ? interventions.mayHaveOvertaken(before.endNs())
                : interventions.mayHaveOvertakenReply(before.endNs());
    }

    private @Nullable String connectAfter(Beat before, Beat now) {
        boolean first = before.message.isHandshake();
        ServerMessage reply = before.reply;
        if (first && before.outcome != Outcome.SUCCESSFUL) {
            return "there is no session (C-13)";
        }
        if (reply != null && stops(before, reply)) {
            return "the server said stop (A3, A4, A7, B2)";
        }
        if (!first && reply != null && reply.advice() != null && reply.advice().says("handshake")) {
            return "the server asked for a handshake (A2, A6)";
        }
        boolean failed = before.outcome != Outcome.SUCCESSFUL;
        if ((first || failed) && !now.message.isAtOnce()) {
            return "it should ask to be answered at once (C-16)";
        }
        if (!first && !failed && now.message.isAtOnce() && status.get() == ConnectionStatus.CONNECTED) {
            return "it should not ask to be answered at once (C-16)";
        }
        boolean backsOff = failed && !interventions.isProvenAlive(before.endNs());
        long waitNs = advised.leastNs() + (backsOff ? backoffNs(before.failures + 1) : 0);
        return tooSoon(before, now, waitNs);
    }

    private @Nullable String handshakeAfter(Beat before, Beat now) {
        if (isNewStart()) {
            // If it has started again, it has discarded all advice (T1).
            advised.reset();
            return null;
        }
        ServerMessage reply = before.reply;
        if (reply != null && stops(before, reply) && !reconnects && !before.isSuperseded()) {
            return "the server said stop (A3, A4, A7, B2, B4)";
        }
        if (before.message.isHandshake() && before.outcome == Outcome.SUCCESSFUL
                && !interventions.areByServer()) {
            return "there is a session already (B1)";
        }
        if (before.message.isConnect() && before.outcome == Outcome.SUCCESSFUL && !interventions.areByServer()
                && !(reply != null && reply.advice() != null && (reply.advice().says("handshake")
                        || stops(before, reply)))) {
            return "nothing was wrong (A1)";
        }
        boolean again = before.message.isHandshake() && before.outcome != Outcome.SUCCESSFUL
                && before.transport == now.transport;
        return tooSoon(before, now, advised.leastNs() + (again ? roundBackoffNs(before) : 0));
    }

    private static boolean stops(Beat beat, ServerMessage reply) {
        ServerAdvice advice = reply.advice();
        return advice != null && (beat.message.isHandshake() ? advice.says("none") : advice.saysStop());
    }

    /** Of several places all but one may want to be left alone. The backoff grows from round to round. */
    private long roundBackoffNs(Beat failed) {
        return backoffNs(Math.max(1, (failed.failures + 1) / places));
    }

    private long backoffNs(int failures) {
        return backoff.delay(failures, 0).toNanos();
    }

    private static @Nullable String tooSoon(Beat before, Beat now, long waitNs) {
        long waitedNs = now.sentNs - before.endNs();
        return waitedNs >= waitNs
                ? null
                : "only %d ms later, instead of %d".formatted(TimeUnit.NANOSECONDS.toMillis(waitedNs),
                        TimeUnit.NANOSECONDS.toMillis(waitNs));
    }

    /** Without another token a connect is lost, and the session with it if the server keeps it no longer (A11). */
    @Override
    public void unauthorized() {
        interventions.byServer(world.nowNs());
    }

    @Override
    public void ended(Object transport, List<ClientMessage> messages, boolean givenUp) {
        if (last != null && last.message == messages.getFirst()) {
            if (givenUp && last.outcome == Outcome.PENDING) {
                givenUp(last);
            }
            last.lost(world.nowNs());
        }
    }

    @Override
    public void moved(List<ClientMessage> messages) {
        if (last != null && last.message == messages.getFirst()) {
            last.moved();
        }
    }

    @Override
    public void written(Object transport, List<ClientMessage> messages, long untilNs) {
        if (last != null && last.message == messages.getFirst()) {
            last.untilNs = untilNs;
        }
    }

    @Override
    public void retryAfter(Object transport, List<ClientMessage> messages, long waitNs) {
        if (last != null && last.message == messages.getFirst() && last.outcome == Outcome.PENDING) {
            notBefore.put(last.place(), world.nowNs() + waitNs);
        }
    }

    @Override
    public void broken(Object transport, long atNs) {
        brokenNs = atNs;
        if (last != null && last.transport == transport) {
            if (last.sentNs < atNs) {
                last.lost(atNs);
            } else {
                // It may go over the next socket.
                last.doubtful = true;
            }
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            Beat beat = last;
            if (beat != null && beat.outcome == Outcome.PENDING && beat.message.id().equals(message.id())
                    && beat.message.channel().equals(message.channel())) {
                if (beat.isAlmostLate(world.nowNs())) {
                    beat.doubtful = true;
                    answered(beat, message);
                } else if (world.nowNs() > beat.untilNs) {
                    // No thread waits for it any more (T18).
                    beat.lost(world.nowNs());
                } else {
                    answered(beat, message);
                }
            } else {
                advised.maybe(message);
                boolean refused = Boolean.FALSE.equals(message.successful()) && message.advice() != null
                        && message.advice().says("handshake");
                if (!message.isBeat() && message.hasNoWord() && message.isSuccessful()) {
                    interventions.provenAlive(world.nowNs());
                }
                if (message.meansLostSession() && message.hasNoWord()) {
                    // If it waits or reconnects, the client makes a new session (C-138).
                    interventions.byServer(world.nowNs());
                    if (beat != null && status.get() == ConnectionStatus.RECONNECTING) {
                        beat.superseded(world.nowNs());
                    }
                }
                if (refused || message.channel().equals("/meta/disconnect") && message.id() == null) {
                    interventions.byServer(world.nowNs());
                    if (beat != null) {
                        beat.superseded(world.nowNs());
                    }
                }
            }
        }
    }

    private void answered(Beat beat, ServerMessage message) {
        beat.answered(message, world.nowNs());
        if (beat.message.isHandshake() && message.isSuccessful()) {
            advised.maybeNone();
        }
        advised.maybe(message);
    }
}
