package dev.bayeux.core.exhaustive;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader.Reading;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.session.SessionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of the simulation, for one {@link PlayedCore}: each step keeps them. Remembers the first that is broken. */
final class CoreRules {

    /** What the server was asked about the channel in this session. */
    private enum Asked {
        NOTHING, ASKED, ACCEPTED
    }

    private static final long INCREMENT_NS = PlayedCore.BACKOFF.increment().toNanos();

    private final PlayedCore client;
    /** What the program waits for, in the order of its calls. */
    private final List<Request> waiting = new ArrayList<>();
    private final Set<Request> sent = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    /** The calls that the server has yet to answer, in their order. */
    private final List<Request> owed = new ArrayList<>();
    private @Nullable Request served;
    /** When a handshake has last failed, by endpoint and transport. */
    private final Map<String, Long> failedNs = new HashMap<>();
    /** The replies that this step has brought: by id, whether they said yes. */
    private final Map<String, IncomingMessage> replies = new HashMap<>();
    private @Nullable String failure;
    private @Nullable Input input;
    private SessionState before;
    private ConnectionStatus status;
    private boolean unchanging;
    private boolean open;
    private int connection;
    private long heardNs = Long.MIN_VALUE;
    private boolean dropped;
    private long connectEndedNs;
    private boolean everConnected;
    // Of the session
    private @Nullable String session;
    private @Nullable String disconnected;
    private @Nullable String batchSession;
    private Asked asked = Asked.NOTHING;
    private boolean mustRestore;
    private boolean proven;
    private boolean missed;
    private boolean connected;
    /** The batch of a call is lost: the client cannot know that its answer will never arrive, and holds the next ones back. */
    private boolean callLost;

    CoreRules(PlayedCore client) {
        this.client = client;
        this.before = client.state();
        this.status = before.status();
        this.connectEndedNs = client.nowNs;
    }

    @Nullable
    String failure() {
        return failure;
    }

    private void check(boolean right, String rule) {
        if (!right && failure == null) {
            failure = rule;
        }
    }

    /** What decides which steps keep the rules, beside the state of the core. */
    List<Object> memory() {
        long sinceNs = Math.min(client.nowNs - connectEndedNs, PlayedCore.PAUSE.toNanos());
        List<Boolean> left = waiting.stream().map(sent::contains).toList();
        boolean heard = heardNs != Long.MIN_VALUE;
        List<Long> failures = failedNs.keySet().stream().sorted().map(this::sinceFailedNs).toList();
        return List.of(List.copyOf(waiting), left, failures, List.copyOf(owed), open, heard, client.full ? sinceNs : 0,
                List.of(everConnected, asked, mustRestore, proven, missed, connected, callLost),
                Objects.equals(session, disconnected));
    }

    boolean isQuiet() {
        return waiting.isEmpty();
    }

    int connection() {
        return connection;
    }

    List<Request> waiting() {
        return waiting;
    }

    boolean isOwed() {
        return !owed.isEmpty();
    }

    /** The server answers the oldest call, or the newest. */
    void serves(boolean oldest) {
        served = oldest ? owed.removeFirst() : owed.removeLast();
    }

    boolean isManyOwed() {
        return owed.size() > 1;
    }

    // The program, the threads, the network

    void submitted(List<Request> requests) {
        waiting.addAll(requests);
    }

    void withdrawn(Request request) {
        waiting.remove(request);
    }

    void joined() {
        mustRestore = false;
    }

    void begins(Exchange exchange) {
        check(!exchange.isOver() && exchange.requests().getFirst().id().equals(client.state().outstanding())
                && !client.state().isEnding(), "A handshake or connect is sent that is not wanted any more.");
    }

    void connectEnded() {
        connectEndedNs = client.nowNs;
    }

    void socketEnds() {
        heardNs = Long.MIN_VALUE;
    }

    void arrives(Exchange exchange, Reading reading) {
        for (IncomingMessage message : reading.usable()) {
            if (message.id() != null) {
                replies.put(message.id(), message);
            }
            boolean connect = "/meta/connect".equals(message.channel());
            proven |= connect && message.isSuccessful()
                    && Objects.equals(message.id(), client.state().outstanding());
        }
        if (client.isDuplex() && exchange.connection() == connection) {
            heardNs = client.nowNs;
        }
        // A response without any message is a loss if a connect should have had one; servers may leave out other replies.
        missed(reading.failure() != null || reading.isEmpty() && exchange.action() instanceof SendConnect);
        if (exchange.action() == null) {
            subscribesOf(exchange, reading);
            owed.removeIf(call -> exchange.requests().contains(call)
                    && replies.get(call.id()) instanceof IncomingMessage reply && !reply.isSuccessful());
        } else if (replies.values().stream().noneMatch(IncomingMessage::isSuccessful)) {
            failed(exchange);
        }
    }

    private void failed(Exchange exchange) {
        if (exchange.action() instanceof SendHandshake handshake) {
            failedNs.put(handshake.endpoint() + handshake.connectionType(), client.nowNs);
        }
    }

    private long sinceFailedNs(String place) {
        return Math.min(client.nowNs - failedNs.getOrDefault(place, client.nowNs - INCREMENT_NS), INCREMENT_NS);
    }

    private void subscribesOf(Exchange exchange, Reading reading) {
        for (Request request : Objects.equals(batchSession, session) ? exchange.requests() : List.<Request>of()) {
            IncomingMessage reply = request.kind() == Kind.SUBSCRIBE ? replies.get(request.id()) : null;
            boolean unanswered = request.kind() == Kind.SUBSCRIBE && asked == Asked.ASKED
                    && (!client.isDuplex() || reading.isEmpty() || reading.failure() != null);
            if (reply != null && reply.isSuccessful() && asked != Asked.NOTHING) {
                asked = Asked.ACCEPTED;
            } else if (reply != null || unanswered) {
                asked = Asked.NOTHING;
            }
        }
    }

    /** A response is lost that may have had deliveries; only a new session brings them again (C-136). */
    private void missed(boolean lost) {
        missed |= lost && client.variant.replay() && asked == Asked.ACCEPTED && client.subscriber != null
                && !client.state().isAcknowledging();
    }

    void input(Input next) {
        input = next;
        before = client.state();
        dropped = false;
        if (next instanceof Input.Connect && before.isOver()) {
            everConnected = false;
        }
        if (next instanceof Input.Connect || next instanceof Input.Disconnect || next instanceof Input.Suspend
                || next instanceof Input.Resume || next instanceof Input.CheckConnection) {
            // The program ends what is waited for.
            failedNs.clear();
        }
        if (next instanceof Input.Failed(var exchange, var why)) {
            boolean left = !(why instanceof TransportException known && (known.notSent() || known.refused()));
            missed(left);
            callLost |= left && exchange.requests().stream().anyMatch(each -> each.kind() == Kind.CALL);
            owed.removeAll(exchange.requests());
            failed(exchange);
            if (exchange.requests().size() > 1 && why == PlayedCore.TOO_LONG) {
                // None of them has been processed; they leave once more in smaller batches (C-53).
                exchange.requests().forEach(sent::remove);
            }
            if (exchange.action() == null && asked == Asked.ASKED && Objects.equals(batchSession, session)
                    && exchange.requests().stream().anyMatch(each -> each.kind() == Kind.SUBSCRIBE)) {
                asked = Asked.NOTHING;
            }
        }
    }

    // Effects

    void effect(Effect effect) {
        check(!unchanging, "A frame of a connection that was replaced counts.");
        switch (effect) {
            case Effect.Send(var exchange) when exchange.action() != null -> sendsConnect(exchange);
            case Effect.Send(var exchange) -> sendsBatch(exchange);
            case Effect.Complete(var request, var reply) -> completes(request, reply);
            case Effect.Fail(var request, var why) -> fails(request, why);
            case Effect.Deliver deliver -> check(!missed,
                    "A delivery is taken after a response of the session was lost (C-136).");
            case Effect.Establish established -> check(asked == Asked.ACCEPTED,
                    "A subscription is established, and the server has not accepted it.");
            case Effect.Left left -> mustRestore = false;
            case Effect.ReportState(var state) -> shows(state);
            case Effect.Open opened -> {
                check(!open, "A connection is opened, and another is open.");
                opens(opened.connection());
            }
            case Effect.Reopen opened -> {
                check(open, "A connection is replaced, and none is open.");
                opens(opened.connection());
            }
            case Effect.DropSilent silent -> dropped = true;
            case Effect.Close closed -> {
                check(open, "What is closed was not open.");
                open = false;
            }
            default -> {
                // Of no rule.
            }
        }
    }

    private void opens(int number) {
        open = true;
        connection = number;
        heardNs = Long.MIN_VALUE;
    }

    private void shows(SessionState state) {
        ConnectionStatus now = state.status();
        if (now != status) {
            check(StateChanges.isAllowed(status, now), "No way leads from %s to %s.".formatted(status, now));
        }
        status = now;
        String named = state.clientId().orElse(null);
        if (named != null && !named.equals(session)) {
            session = named;
            asked = Asked.NOTHING;
            // A server that gives a session ends the round over all of them.
            failedNs.clear();
            owed.clear();
            missed = false;
            callLost = false;
            proven = false;
            connected = false;
            mustRestore = client.subscriber != null
                    && client.core.view().stateOf(client.subscriber) != SubscriptionState.REJECTED;
        }
        if (now == ConnectionStatus.CONNECTED) {
            check(proven, "CONNECTED is shown, and no connect of the session has succeeded (C-36).");
            everConnected = true;
            connected = true;
        }
        if (state.isOver()) {
            check(!(input instanceof Input.Failed) || !everConnected || !isWanted(before),
                    "A failure has stopped a client that was connected.");
        }
    }

    private static boolean isWanted(SessionState state) {
        return !state.isOver() && !state.isEnding();
    }

    private void sendsConnect(Exchange exchange) {
        Request request = exchange.requests().getFirst();
        check(open && exchange.connection() == connection, "A request is sent over a connection that is not open.");
        check(client.connect == null || client.connect.isOver() || !client.begun,
                "Two handshakes or connects are in flight (C-18).");
        check(ids.add(request.id()), "An id is used twice (C-55).");
        if (exchange.action() instanceof SendHandshake handshake) {
            check(sinceFailedNs(handshake.endpoint() + handshake.connectionType()) == INCREMENT_NS,
                    "A handshake follows one that has failed there without a backoff (C-102).");
        }
        if (exchange.action() instanceof SendConnect connect) {
            check(connect.clientId().equals(session) && !connect.clientId().equals(disconnected),
                    "A connect names a session that is gone.");
            check(!mustRestore || hasRefused(),
                    "A connect is sent before the subscription is restored (C-71).");
            boolean settled = status == ConnectionStatus.CONNECTED || status == ConnectionStatus.RECONNECTING;
            long leastNs = Math.min(PlayedCore.PAUSE.toNanos(), client.state().keptNs() / 4 * 3);
            check(!client.full || !settled || client.nowNs - connectEndedNs >= leastNs,
                    "A connect is sent while a queue is full (C-113).");
        }
    }

    private boolean hasRefused() {
        return client.subscriber == null || client.core.view().failureOf(client.subscriber).isPresent();
    }

    private void sendsBatch(Exchange exchange) {
        check(open && exchange.connection() == connection, "A request is sent over a connection that is not open.");
        check(client.batch == null || client.batch.isOver(), "Two batches are in flight (C-50).");
        exchange.messages().forEach(message -> check(
                Objects.equals(client.state().clientId().orElse(null), session) && !Objects.equals(session,
                        disconnected),
                "A request names a session that is gone, or has been disconnected."));
        batchSession = session;
        for (Request request : exchange.requests()) {
            check(ids.add(request.id()), "An id is used twice (C-55).");
            switch (request.kind()) {
                case SUBSCRIBE -> {
                    check(asked == Asked.NOTHING || !connected, "The server is asked twice for a subscription (C-64).");
                    // The yes to an earlier request of a session that was suspended still counts.
                    asked = asked == Asked.ACCEPTED ? asked : Asked.ASKED;
                    mustRestore = false;
                }
                case UNSUBSCRIBE -> asked = Asked.NOTHING;
                case DISCONNECT -> disconnected = session;
                default -> sendsPublish(exchange, request);
            }
        }
    }

    private void sendsPublish(Exchange exchange, Request request) {
        check(waiting.contains(request), "A message is sent that no caller waits for.");
        check(!sent.contains(request) || request.isSentAgain(), "A message is sent again (C-56).");
        check(!mustRestore || hasRefused(),
                "A message is published before the subscription is restored (C-71).");
        for (Request earlier : waiting.subList(0, Math.max(0, waiting.indexOf(request)))) {
            check(sent.contains(earlier) && earlier.isSent()
                    || earlier.kind() == Kind.CALL && request.kind() != Kind.CALL && mayBeHeld(earlier),
                    "A message has overtaken another (C-50).");
        }
        sent.add(request);
        if (request.kind() == Kind.CALL) {
            owed.add(request);
        }
    }

    /** Whether the answer to a call could be taken for another. */
    private boolean mayBeHeld(Request call) {
        return call.kind() == Kind.CALL && (callLost || !owed.isEmpty()
                || waiting.stream().anyMatch(each -> each != call && each.kind() == Kind.CALL && each.isSent()));
    }

    private void completes(Request request, @Nullable IncomingMessage reply) {
        check(waiting.remove(request), "A message completes that no caller waits for.");
        IncomingMessage arrived = replies.get(request.id());
        if (request.kind() == Kind.CALL) {
            check(reply != null && reply.isDelivery() && request == served,
                    "A call completes without its own answer (C-59, C-60).");
        } else if (reply == null) {
            check(arrived == null && input instanceof Input.Received, "A message completes without a reason.");
        } else {
            check(arrived != null && arrived.isSuccessful(),
                    "A message completes, and the server has not accepted it.");
        }
    }

    private void fails(Request request, PublishException why) {
        check(waiting.remove(request), "A message fails that no caller waits for.");
        IncomingMessage arrived = replies.get(request.id());
        boolean refused = arrived != null && Boolean.FALSE.equals(arrived.successful());
        check(arrived == null || refused || request.kind() == Kind.CALL,
                "A message fails that the server has accepted.");
        TransportException lost = input instanceof Input.Failed(var exchange, var failure)
                && failure instanceof TransportException known ? known : null;
        check(switch (why.outcome()) {
            case REFUSED -> refused || lost != null && lost.refused() || lost != null && lost.messageTooLong();
            case NOT_SENT -> !sent.contains(request) || !request.isSent() || lost != null && lost.notSent()
                    || refused;
            case UNKNOWN -> sent.contains(request) && !refused && hasReason();
        }, "A message of a caller is reported %s without a reason.".formatted(why.outcome()));
    }

    /** Whether the step can have cost a reply: the program has not done it. */
    private boolean hasReason() {
        return !(input instanceof Input.Submit || input instanceof Input.Join || input instanceof Input.Leave
                || input instanceof Input.QueueFull || input instanceof Input.QueueHasRoom
                || input instanceof Input.Withdraw
                || input instanceof Input.Begin && !before.isEnding() || input instanceof Input.Connect
                || input instanceof Input.Resume);
    }

    // The place where a step ends

    void settled() {
        SessionState state = client.state();
        checkSilence();
        if (state.isOver()) {
            check(waiting.isEmpty(), "The client has ended, and a caller still waits.");
            check(!open && client.connect == null && client.batch == null,
                    "The client has ended, and something is open or in flight.");
        } else {
            checkGoingOn(state);
        }
        if (status == ConnectionStatus.CONNECTED) {
            checkConnected();
        }
        check(client.subscriber == null
                || client.core.view().stateOf(client.subscriber) != SubscriptionState.ACTIVE
                || asked == Asked.ACCEPTED && Objects.equals(session, state.clientId().orElse(null)),
                "A subscription is ACTIVE, and the server has not accepted it in this session.");
        check(client.core.view().isSettled() == waiting.isEmpty(),
                "Whether all calls are settled is wrong in the view.");
        Exchange batch = client.batch;
        check(client.isDuplex() || batch != null
                || waiting.stream().noneMatch(each -> each.kind() == Kind.PUBLISH && each.isSent()
                        && sent.contains(each)),
                "A batch has ended, and a caller still waits for its reply (C-46).");
        replies.clear();
        served = null;
        unchanging = false;
    }

    /** Nothing may follow from the next input. */
    void mustChangeNothing() {
        unchanging = true;
    }

    private void checkSilence() {
        if (input instanceof Input.Failed(var exchange, var why) && why == PlayedCore.TIMED_OUT && client.isDuplex()
                && exchange.connection() == connection && exchange.lost() == null) {
            boolean silent = exchange.action() != null || heardNs < exchange.writtenNs();
            check(dropped || !silent || heardNs == exchange.writtenNs(),
                    "A socket that has brought no reply in time is kept (C-101).");
            check(!dropped || silent, "A socket that works is dropped.");
        }
    }

    private void checkGoingOn(SessionState state) {
        boolean sleeps = state.status() == ConnectionStatus.SUSPENDED;
        boolean timed = client.core.wakeAtNs() != Long.MAX_VALUE;
        String outstanding = state.outstanding();
        Exchange connect = client.connect;
        if (outstanding != null) {
            boolean leaves = connect != null && connect.requests().getFirst().id().equals(outstanding);
            check(leaves || client.full && timed, "The session waits for a reply to what was not sent.");
        } else {
            check(sleeps || timed || client.batch != null, "Nothing is waited for.");
        }
        check(connect == null || connect.requests().getFirst().id().equals(outstanding),
                "A request is in flight that the session does not wait for.");
    }

    private void checkConnected() {
        if (client.batch == null) {
            check(waiting.stream().allMatch(each -> sent.contains(each) && each.isSent() || mayBeHeld(each)),
                    "A message waits to be sent, the client is CONNECTED, and no batch is in flight (C-48).");
            check(client.subscriber != null || asked != Asked.ACCEPTED,
                    "The server delivers what no subscriber wants.");
        }
        if (client.subscriber != null) {
            SubscriptionState now = client.core.view().stateOf(client.subscriber);
            boolean retried = client.core.wakeAtNs() != Long.MAX_VALUE;
            check(now != SubscriptionState.REQUESTED || client.batch != null || retried,
                    "A subscription is REQUESTED, and the server is not asked.");
            check(client.core.view().allActive() == (now == SubscriptionState.ACTIVE),
                    "Whether all subscriptions are active is wrong in the view.");
        }
    }
}
