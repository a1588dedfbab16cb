package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.exhaustive.Walked;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionAction.End;
import dev.bayeux.core.session.SessionAction.FailQueued;
import dev.bayeux.core.session.SessionAction.FailSent;
import dev.bayeux.core.session.SessionAction.RenewCredentials;
import dev.bayeux.core.session.SessionAction.Restore;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import dev.bayeux.core.session.SessionEvent.HandshakeAnswered;
import dev.bayeux.core.session.SessionEvent.Lost;
import dev.bayeux.core.session.SessionEvent.Restored;
import dev.bayeux.core.session.SessionEvent.RestoringFailed;
import dev.bayeux.core.session.SessionEvent.TimeReached;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The {@link SessionMachine} with the rules of the simulation, for a walk over all sequences of events. */
final class WalkedMachine implements Walked<WalkedMachine.At> {

    /** Within so many answers a client that is let alone is connected. */
    private static final int SOON = 40;

    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    /**
     * A client and what the rules remember of it.
     *
     * @param restorationEnded whether the subscriptions of this session have been asked for
     * @param failed the last handshake or connect that has failed, {@code null} if the last one has not
     */
    record At(SessionState state, long nowNs, boolean restorationEnded, @Nullable Failed failed) {}

    /** A handshake or connect that has failed, and where. */
    record Failed(boolean handshake, int endpoint, String connectionType, long atNs) {}

    /** An event that may happen, and whether it is the program's, or ends a wait by right. */
    private record Input(String name, boolean endsWaits, Function<At, @Nullable SessionEvent> event) {}

    private final SessionSettings settings;
    private final SessionMachine machine;
    private final List<Input> inputs = new ArrayList<>();

    WalkedMachine(SessionSettings settings, boolean large) {
        this.settings = settings;
        this.machine = new SessionMachine(settings);
        addProgram();
        addReplies();
        addFailures(large);
        addOthers();
    }

    private void add(String name, boolean endsWaits, Function<At, @Nullable SessionEvent> event) {
        inputs.add(new Input(name, endsWaits, event));
    }

    private void addProgram() {
        add("connect wanted", true, at -> new SessionEvent.ConnectWanted());
        add("disconnect wanted", true, at -> new SessionEvent.DisconnectWanted(5_000_000_000L));
        add("aborted", true, at -> new SessionEvent.Aborted());
        add("suspended", true, at -> new SessionEvent.SuspendWanted());
        add("resumed", true, at -> new SessionEvent.ResumeWanted());
        add("connection check", true, at -> new SessionEvent.ConnectionCheckWanted());
    }

    private void addReplies() {
        answers("handshake accepted", true, Reply.yes().clientId("s1"));
        answers("handshake accepted, maxInterval", true, Reply.yes().clientId("s1").timeout(0).maxInterval(500));
        answers("handshake refused", true, Reply.no("500::no"));
        answers("handshake refused, none", true, Reply.no("403::no").reconnect(Reconnect.NONE));
        answers("connect succeeds", false, Reply.yes());
        answers("connect succeeds, handshake", false, Reply.yes().reconnect(Reconnect.HANDSHAKE));
        answers("connect refused, retry", false, Reply.no("500::no").reconnect(Reconnect.RETRY).interval(2000));
        answers("connect refused, handshake", false,
                Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE));
        answers("connect refused, none", false, Reply.no("401::no").reconnect(Reconnect.NONE));
    }

    private void answers(String name, boolean handshake, Reply reply) {
        add(name, false, at -> {
            String id = at.state.outstanding();
            if (id == null || id.startsWith("h") != handshake) {
                return null;
            }
            return handshake ? reply.toHandshake(at.state, id) : reply.toConnect(id, 0);
        });
    }

    private void addFailures(boolean large) {
        loses("lost", new TransportException(Problem.LOST, "lost", null));
        loses("status 403", TransportException.ofStatus(403, null, "403"));
        loses("status 503, Retry-After", TransportException.ofStatus(503, Duration.ofMinutes(10), "503"));
        if (large) {
            loses("not reached", new TransportException(Problem.NOT_CONNECTED, "refused", null));
            loses("not upgraded", TransportException.notUpgraded(502, null, "502"));
            loses("status 404", TransportException.ofStatus(404, null, "404"));
            loses("no JSON", new MalformedMessageException("HTML", null));
        }
    }

    private void loses(String name, BayeuxException failure) {
        add(name, false, at -> at.state.outstanding() == null
                ? null
                : new Lost(String.valueOf(at.state.outstanding()), failure));
    }

    private void addOthers() {
        add("restored", false, at -> isRestoring(at) ? new Restored(at.state.serial()) : null);
        add("restoring failed", false, at -> isRestoring(at)
                ? new RestoringFailed(at.state.serial(), new TransportException(Problem.LOST, "lost", null))
                : null);
        add("publish: session unknown", false,
                at -> new SessionEvent.ReplyReceived(Reply.no("402::session_unknown").on("/chat", "7")));
        add("publish succeeds", true, at -> new SessionEvent.ReplyReceived(Reply.yes().on("/chat", "7")));
        add("server disconnects", false,
                at -> new SessionEvent.ServerDisconnected(Reply.neither().on(Fields.DISCONNECT, null)));
        add("disconnect ended", false, at -> at.state.isEnding() ? new SessionEvent.DisconnectEnded() : null);
        add("another's reply", false, at -> Reply.yes().clientId("s9").toHandshake(at.state, "x9"));
        add("time reached", false, at -> at.state.wakeAtNs() == Long.MAX_VALUE ? null : new TimeReached());
        add("a minute", false, at -> new TimeReached());
    }

    private static boolean isRestoring(At at) {
        return at.state.phase() instanceof Phase.Live live && live.step() instanceof Phase.Restoring;
    }

    @Override
    public At initial() {
        return new At(SessionState.initial(1, 0), 0, false, null);
    }

    @Override
    public List<String> inputs() {
        return inputs.stream().map(Input::name).toList();
    }

    @Override
    public @Nullable Step<At> step(At at, int index) {
        Input input = inputs.get(index);
        SessionEvent event = input.event().apply(at);
        if (event == null) {
            return null;
        }
        long nowNs = switch (input.name()) {
            case "time reached" -> Math.max(at.nowNs, at.state.wakeAtNs());
            case "a minute" -> at.nowNs + MINUTE_NS;
            default -> at.nowNs;
        };
        return step(at, event, nowNs, input.endsWaits());
    }

    private Step<At> step(At at, SessionEvent event, long nowNs, boolean endsWaits) {
        Transition transition = machine.step(at.state, event, nowNs);
        Failed failed = failed(at, event, nowNs);
        At now = noticed(at, event, transition, failed, nowNs);
        At before = new At(at.state, at.nowNs, at.restorationEnded, failed);
        return new Step<>(now, wrong(before, event, transition, now, endsWaits));
    }

    /** The last handshake or connect that has failed since one was sent. */
    private static @Nullable Failed failed(At at, SessionEvent event, long nowNs) {
        boolean failure = event instanceof Lost
                || event instanceof HandshakeAnswered answer && answer.session().isEmpty()
                || event instanceof ConnectAnswered connect && !connect.reply().isSuccessful();
        return failure && at.state.outstanding() != null && isAwaited(event, at.state.outstanding())
                ? new Failed(at.state.phase() instanceof Phase.Handshaking, at.state.endpoint().orElse(-1),
                        at.state.connectionType().orElse(""), nowNs)
                : at.failed;
    }

    private static boolean isAwaited(SessionEvent event, String id) {
        return switch (event) {
            case Lost lost -> lost.id().equals(id);
            case HandshakeAnswered answer -> id.equals(answer.reply().id());
            case ConnectAnswered answer -> id.equals(answer.reply().id());
            default -> false;
        };
    }

    private static At noticed(At at, SessionEvent event, Transition transition, @Nullable Failed failed, long nowNs) {
        SessionState state = transition.state();
        boolean ended = at.restorationEnded || isRestoring(at)
                && (event instanceof Restored || event instanceof RestoringFailed);
        boolean shaking = transition.actions().stream().anyMatch(SendHandshake.class::isInstance)
                || state.phase() instanceof Phase.Handshaking;
        boolean sent = transition.actions().stream()
                .anyMatch(action -> action instanceof SendHandshake || action instanceof SendConnect);
        return new At(state, nowNs, ended && !shaking,
                sent || state.isOver() || state.status() == ConnectionStatus.SUSPENDED ? null : failed);
    }

    // The rules

    private @Nullable String wrong(At before, SessionEvent event, Transition transition, At now, boolean endsWaits) {
        for (SessionAction action : transition.actions()) {
            String wrong = switch (action) {
                case SendHandshake sent -> wrongHandshake(before, now, sent,
                        endsWaits || transition.actions().contains(new RenewCredentials()));
                case SendConnect sent -> wrongConnect(before, now, sent, endsWaits);
                case Restore restore -> isWanted(now) ? null : "subscriptions are restored and no session is wanted";
                case RenewCredentials renew -> settings.hasCredentials() ? null : "there is nobody to ask";
                default -> null;
            };
            if (wrong != null) {
                return wrong;
            }
        }
        String place = wrongPlace(before, transition, now);
        return place != null ? place : wrongEnd(before, event, transition, now);
    }

    private static boolean isWanted(At at) {
        return !at.state.isOver() && !at.state.isEnding() && at.state.status() != ConnectionStatus.SUSPENDED;
    }

    private @Nullable String wrongHandshake(At before, At now, SendHandshake sent, boolean endsWaits) {
        if (!isWanted(now)) {
            return "a handshake is sent and no session is wanted";
        }
        Failed failed = before.failed;
        boolean again = failed != null && failed.handshake() && failed.endpoint() == sent.endpoint()
                && failed.connectionType().equals(sent.connectionType());
        return again && !endsWaits && now.nowNs - failed.atNs() < increment()
                ? "a handshake follows one that has failed without a backoff (C-102)"
                : null;
    }

    private @Nullable String wrongConnect(At before, At now, SendConnect sent, boolean endsWaits) {
        if (!isWanted(now)) {
            return "a connect is sent and no session is wanted";
        }
        if (!now.restorationEnded) {
            return "a connect is sent before the subscriptions are restored (C-71)";
        }
        if (!sent.clientId().equals(now.state.clientId().orElse(null))) {
            return "a connect is sent for another session";
        }
        Failed failed = before.failed;
        return failed != null && !failed.handshake() && !endsWaits && now.nowNs - failed.atNs() < increment()
                ? "a connect follows one that has failed without a backoff (C-102)"
                : null;
    }

    private long increment() {
        return settings.backoff().increment().toNanos();
    }

    private @Nullable String wrongPlace(At before, Transition transition, At now) {
        SessionState state = now.state;
        boolean waits = state.outstanding() != null || state.wakeAtNs() != Long.MAX_VALUE || isRestoring(now);
        if (isWanted(now) && !waits) {
            return "nothing is waited for";
        }
        long longestNs = settings.longestServerWait().toNanos() + settings.backoff().maximum().toNanos() * 2;
        if (state.wakeAtNs() != Long.MAX_VALUE && state.wakeAtNs() - now.nowNs > longestNs) {
            return "it waits for %s".formatted(Duration.ofNanos(state.wakeAtNs() - now.nowNs));
        }
        boolean left = before.state.phase() instanceof Phase.Live
                && (state.phase() instanceof Phase.Handshaking || state.isOver());
        return left && transition.actions().stream().noneMatch(FailSent.class::isInstance)
                ? "a session is gone, and what was sent in it does not fail"
                : null;
    }

    private @Nullable String wrongEnd(At before, SessionEvent event, Transition transition, At now) {
        boolean over = now.state.isOver() && !before.state.isOver();
        if (over && transition.actions().stream().noneMatch(End.class::isInstance)) {
            return "it is over, and nothing is closed";
        }
        if (over && isWanted(before) && transition.actions().stream().noneMatch(FailQueued.class::isInstance)) {
            return "it is over, and what waits to be sent does not fail";
        }
        if (over && isWanted(before) && event instanceof Lost && before.state.history().everConnected()) {
            return "a failure has stopped a client that was connected";
        }
        boolean connects = now.state.status() == ConnectionStatus.CONNECTED
                && before.state.status() != ConnectionStatus.CONNECTED;
        return connects && !(event instanceof ConnectAnswered answer && answer.reply().isSuccessful())
                && !(event instanceof Restored)
                        ? "it is CONNECTED, and no connect has succeeded (C-36)"
                        : null;
    }

    // What comes after

    @Override
    public @Nullable String liveness(At from) {
        At at = from;
        for (int n = 0; n < SOON; n++) {
            if (at.state.status() == ConnectionStatus.CONNECTED) {
                return null;
            }
            SessionEvent event = wellMeant(at);
            long nowNs = event instanceof TimeReached ? Math.max(at.nowNs, at.state.wakeAtNs()) : at.nowNs;
            Step<At> step = step(at, event, nowNs, true);
            if (step.wrong() != null) {
                return step.wrong();
            }
            at = step.state();
        }
        return "after %d answers it is %s".formatted(SOON, at.state);
    }

    /** What happens where the server and the network are as they should be, and the program wants a session. */
    private SessionEvent wellMeant(At at) {
        SessionState state = at.state;
        if (state.isOver() || state.status() == ConnectionStatus.SUSPENDED) {
            return new SessionEvent.ConnectWanted();
        }
        if (isRestoring(at)) {
            return new Restored(state.serial());
        }
        String id = state.outstanding();
        if (id == null) {
            return new TimeReached();
        }
        return state.isEnding()
                ? new TimeReached()
                : id.startsWith("h") ? Reply.yes().clientId("s2").toHandshake(state, id) : Reply.yes().toConnect(id, 0);
    }

    // Which states behave alike

    @Override
    public Object key(At at) {
        return List.of(SessionKey.of(at.state, at.nowNs, increment()), at.restorationEnded, at.failed == null
                ? "none"
                : List.of(at.failed.handshake(), at.failed.endpoint(), at.failed.connectionType(),
                        Math.min(at.nowNs - at.failed.atNs(), increment())));
    }
}
