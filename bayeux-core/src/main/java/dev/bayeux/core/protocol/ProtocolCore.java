package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionMachine;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import dev.bayeux.core.session.Transition;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides everything that a client does: takes an input and the time, and returns effects to be carried out in their order. Has
 * no lock, thread, clock or I/O, so a test can play any course of events. The caller passes one input at a time.
 *
 * <p>{@link SessionMachine} decides the state of the session. {@link Requests} keeps the requests that wait to be sent or
 * answered, {@link ServerSubscriptions} the server's subscriptions, {@link FlowControl} the pause for a full queue, and
 * {@link Connectivity} the connection in use. {@link ReplyRouter} finds the meaning of each received message.
 */
public final class ProtocolCore implements ClientView {

    private final SessionMachine machine;
    private final List<Endpoint> endpoints;
    private final List<String> connectionTypes;
    private final Effects effects = new Effects();
    private final ArrayDeque<SessionEvent> events = new ArrayDeque<>();
    private final Requests requests;
    private final ServerSubscriptions subscriptions;
    private final FlowControl flow;
    private final Connectivity connectivity = new Connectivity(effects);
    private final SessionChanges changes = new SessionChanges(effects);
    private final ReplyRouter router;
    private SessionState state;
    /** The handshake or connect to be sent next. */
    private @Nullable SessionAction due;
    /** The handshake or connect in flight. */
    private @Nullable Exchange connecting;
    private @Nullable EndUnwantedSession unwanted;
    private long pausedUntilNs = Long.MAX_VALUE;
    private long connectEndedNs;
    private long lastNumber;
    /** How many deliveries of the present reply have served a subscriber or a call. */
    private int replyServed;
    private long version;
    private boolean closed;

    /**
     * Makes the core of a disconnected client.
     *
     * @param machine decides the state of the session
     * @param settings of the client
     * @param replay the extension for positions
     * @param seed of the random part of waits
     * @param nowNs the time
     */
    public ProtocolCore(SessionMachine machine, ProtocolSettings settings, ReplayExtension replay, long seed,
            long nowNs) {
        this.machine = machine;
        this.endpoints = settings.endpoints();
        this.connectionTypes = settings.connectionTypes();
        this.state = SessionState.initial(seed, nowNs);
        this.connectEndedNs = nowNs;
        this.requests = new Requests(effects, new SendQueue(settings.maxQueuedMessages()), new ReplyMatcher(),
                new BatchSize(settings.maxRequestBytes()), settings.maxQueuedMessages());
        this.flow = new FlowControl(effects, settings.pause());
        this.subscriptions = new ServerSubscriptions(effects, requests, flow, replay, settings.backoff(), seed);
        this.router = new ReplyRouter(requests, subscriptions, effects, events, settings.draft());
    }

    /**
     * Takes an input.
     *
     * @param input the input
     * @param nowNs the time, on a monotonic clock
     * @return the effects in their order; the next call reuses the list
     */
    public List<Effect> on(Input input, long nowNs) {
        effects.clear();
        events.clear();
        take(input, nowNs);
        decide(nowNs);
        return effects.all();
    }

    /** {@return when {@link Input.Time} is due; {@link Long#MAX_VALUE} if time changes nothing} */
    public long wakeAtNs() {
        long pausedNs = due == null ? Long.MAX_VALUE : pausedUntilNs;
        return Math.min(Math.min(state.wakeAtNs(), requests.lateUntilNs()),
                Math.min(subscriptions.wakeAtNs(), pausedNs));
    }

    /** {@return the state that callers may read} */
    public ClientView view() {
        return this;
    }

    /** {@return the subscribers of each channel, for the code that carries out {@link Effect.Deliver}} */
    public Routes routes() {
        return subscriptions.routes();
    }

    List<Request> queued() {
        return requests.queued();
    }

    private void take(Input input, long nowNs) {
        switch (input) {
            case Input.Received received -> received(received, nowNs);
            case Input.AllTaken all -> leave(nowNs);
            case Input.Submit submit -> submit(submit);
            case Input.Withdraw withdraw -> withdraw(withdraw);
            case Input.Settled settled -> version++;
            case Input.Wanted wanted -> wanted(wanted, nowNs);
            case Input.Unwanted(var lingerNs) -> events.add(new SessionEvent.DisconnectWanted(lingerNs));
            case Input.Suspend suspend -> events.add(new SessionEvent.SuspendWanted());
            case Input.Resume resume -> events.add(new SessionEvent.ResumeWanted());
            case Input.Doubted doubted -> events.add(new SessionEvent.ConnectionDoubted());
            case Input.Abort abort -> events.add(new SessionEvent.Aborted());
            case Input.Close close -> close();
            case Input.Join join -> join(join);
            case Input.Leave(var subscriber, var unhandled) -> leave(subscriber, unhandled);
            case Input.LeaveAll all -> leaveAll();
            case Input.Full(var subscriber) -> flow.full(subscriber);
            case Input.RoomAgain(var subscriber) -> flow.hasRoom(subscriber);
            case Input.Handled handled -> subscriptions.handled(handled);
            case Input.PositionChosen(var refused, var choice) -> positionChosen(refused, choice);
            case Input.Begin begin -> begin(begin, nowNs);
            case Input.Writing(var exchange) -> connectivity.writing(exchange, nowNs);
            case Input.Progressed(var connection) -> progressed(connection, nowNs);
            case Input.Written(var exchange) -> written(exchange, nowNs);
            case Input.Failed(var exchange, var failure) -> failed(exchange, failure, nowNs);
            case Input.HeldBack held -> heldBack(held, nowNs);
            case Input.Carries(var connection, var bytes) -> carries(connection, bytes);
            case Input.ConnectionEnded(var connection, var reason) -> connectionEnded(connection, reason);
            case Input.Time time -> time(nowNs);
        }
    }

    // The session

    private void wanted(Input.Wanted wanted, long nowNs) {
        if (closed) {
            return;
        }
        if (state.isOver()) {
            wanted.markStarting();
            changes.connecting();
            effects.add(new Effect.StartReceiving());
            connectivity.open();
            unwanted = null;
            connectEndedNs = nowNs;
        }
        events.add(new SessionEvent.ConnectWanted());
    }

    private void close() {
        closed = true;
        version++;
    }

    private void time(long nowNs) {
        events.add(new SessionEvent.TimeReached());
        subscriptions.retryDue(nowNs, requests.isOpen());
        if (requests.lateUntilNs() <= nowNs) {
            endLate(nowNs);
        }
    }

    /** The replies to batches whose session has ended are awaited no longer. */
    private void endLate(long nowNs) {
        for (Exchange late : requests.late()) {
            requests.failLate(late);
            late.end();
            effects.add(new Effect.Abandon(late));
            ended(late, nowNs);
        }
    }

    /** Takes the events of the session, each with what it leads to before the next. */
    private void decide(long nowNs) {
        for (SessionEvent next = events.poll(); next != null; next = events.poll()) {
            Transition transition = machine.step(state, next, nowNs);
            if (transition.state() == state && transition.actions().isEmpty()) {
                // The case of each delivery: no waiting caller need test its condition again.
                continue;
            }
            version++;
            changes.changed(state, transition);
            boolean made = transition.state().clientId().isPresent()
                    && !transition.state().clientId().equals(state.clientId());
            if (next instanceof SessionEvent.DeliveriesMissed && state.hasSession()
                    && !transition.state().hasSession()) {
                connectivity.leaveSession();
            }
            state = transition.state();
            requests.follow(state);
            if (made) {
                requests.sessionMade();
            }
            for (SessionAction action : transition.actions()) {
                perform(action, nowNs);
            }
            abandonUnwanted(nowNs);
            effects.add(new Effect.Show(state));
        }
    }

    private void perform(SessionAction action, long nowNs) {
        switch (action) {
            case SessionAction.SendHandshake handshake -> {
                goTo(handshake.endpoint());
                due = handshake;
            }
            case SessionAction.SendConnect connect -> {
                connectivity.use(connect.connectionType());
                due = connect;
            }
            case SessionAction.Restore(var serial) -> {
                List<Request> restoring = subscriptions.restore(serial);
                requests.restore(restoring);
                if (restoring.isEmpty()) {
                    events.add(new SessionEvent.Restored(serial));
                }
            }
            case SessionAction.RenewConnections renew -> renew();
            case SessionAction.SendDisconnect disconnect -> requests.add(Request.ofDisconnect());
            case SessionAction.EndUnwantedSession session -> unwanted = session;
            case SessionAction.FailSent(var cause) -> {
                // A client that ends waits for no reply.
                boolean answering = cause.getCause() instanceof RefusedException && state.gate() != Gate.REFUSE;
                requests.failSent(cause, answering, nowNs);
                subscriptions.sessionLost();
                batchEnded();
            }
            case SessionAction.FailQueued(var cause) -> {
                requests.failQueued(cause);
                // A client that ends waits for no reply.
                endLate(nowNs);
            }
            case SessionAction.RenewCredentials renew -> effects.add(new Effect.RenewCredentials());
            case SessionAction.TellFailure(var failure) -> effects.tell(new ClientEvent.AttemptFailed(failure));
            case SessionAction.TellWait told -> effects.tell(new ClientEvent.ServerAskedToWait(told.duration()));
            case SessionAction.TellRenewed renewed -> effects.tell(new ClientEvent.SessionRenewed());
            case SessionAction.End end -> end();
        }
    }

    private void goTo(int endpoint) {
        int before = connectivity.endpoint();
        if (before != endpoint) {
            connectivity.goTo(endpoint);
            effects.tell(new ClientEvent.EndpointChanged(endpoints.get(before), endpoints.get(endpoint)));
        }
    }

    private void renew() {
        int before = connectivity.number();
        if (connectivity.renew(!requests.isIdle())) {
            markLost(before, new TransportException(Problem.LOST,
                    "The client replaced the connection, which may be dead.", null));
        }
    }

    private void end() {
        Supplier<BayeuxException> why = PublishFailures.over(closed, state.lastFailure().orElse(null));
        subscriptions.sessionEnded(why.get());
        effects.add(new Effect.StopReceiving(why));
        connectivity.close();
        due = null;
        // A caller that waits for the end sees the state when everything is closed.
        effects.add(new Effect.Show(state));
        effects.add(new Effect.Close(closed ? null : state.lastFailure().orElse(null), unwanted, requests.freshId()));
    }

    /** A handshake or connect whose reply the session no longer waits for must not keep its thread. */
    private void abandonUnwanted(long nowNs) {
        String outstanding = state.outstanding();
        if (due != null && !idOf(due).equals(outstanding)) {
            due = null;
        }
        Exchange abandoned = connecting;
        if (abandoned != null && !abandoned.id().equals(outstanding)) {
            connecting = null;
            connectEndedNs = nowNs;
            abandoned.end();
            effects.add(new Effect.Abandon(abandoned));
            if (abandoned.kind() == Kind.CONNECT && isReplayedOnly()) {
                // Its response may be on the way.
                events.add(new SessionEvent.DeliveriesMissed(null));
            }
        }
    }

    /** Whether deliveries of a response that is lost come again in a new session, and not in this one (C-136). */
    private boolean isReplayedOnly() {
        return subscriptions.comesAgain() && !state.isAcknowledging();
    }

    /**
     * A response of the session is lost. Where nothing is acknowledged the deliveries that it may have carried are replayed
     * in a new session only; no delivery that comes after them may be taken before that.
     *
     * @param failure how the response was lost
     * @param known whether the session has heard of that
     */
    private void responseLost(BayeuxException failure, boolean known) {
        // A lost connect may still take deliveries along, of a subscription that begins meanwhile.
        if (isReplayedOnly() && (known || subscriptions.hasPositions()) && PublishFailures.mayHaveBeenAnswered(failure)
                && !(PublishFailures.isUnreadable(failure) && subscriptions.passesUnreadable(failure))) {
            events.add(new SessionEvent.DeliveriesMissed(known ? null : failure));
        }
    }

    private static String idOf(SessionAction action) {
        return switch (action) {
            case SessionAction.SendHandshake handshake -> handshake.id();
            case SessionAction.SendConnect connect -> connect.id();
            default -> throw new IllegalArgumentException("Neither a handshake nor a connect: " + action);
        };
    }

    // Sending

    private void leave(long nowNs) {
        if (due != null) {
            leaveOrPause(due, nowNs);
        }
        Exchange batch = requests.next(state, connectivity.number(), connectivity.maxBatchBytes());
        if (batch != null) {
            effects.add(new Effect.Send(batch));
        }
    }

    private void leaveOrPause(SessionAction action, long nowNs) {
        if (state.isEnding()) {
            due = null;
            loseUnsent(idOf(action));
            return;
        }
        long pauseNs = action instanceof SessionAction.SendConnect
                ? flow.pauseNs(connectEndedNs, subscriptions.comesAgain(), state, nowNs)
                : 0;
        if (pauseNs > 0) {
            pausedUntilNs = nowNs + pauseNs;
            return;
        }
        due = null;
        Kind kind = action instanceof SessionAction.SendConnect ? Kind.CONNECT : Kind.HANDSHAKE;
        Exchange leaving = new Exchange(List.of(Request.ofSession(kind, idOf(action))), connectivity.number(),
                state.connectionType().orElseThrow(), state.clientId().orElse(null), action,
                connectionTypes.stream().filter(state::isUsable).toList());
        if (flow.isForced() && state.isAcknowledging()) {
            leaving.refuseDeliveries();
        }
        connecting = leaving;
        effects.add(new Effect.Send(leaving));
    }

    /** A handshake or connect that was not sent before the client has begun to disconnect is of no use any more. */
    private void loseUnsent(String id) {
        events.add(new SessionEvent.Lost(id,
                new TransportException(Problem.CLOSED, "The client is disconnecting.", null)));
    }

    private void begin(Input.Begin begin, long nowNs) {
        Exchange exchange = begin.exchange();
        if (exchange.isOver()) {
            return;
        }
        if (state.isEnding()) {
            exchange.end();
            ended(exchange, nowNs);
            loseUnsent(exchange.id());
        } else {
            begin.allow();
        }
    }

    // The program

    private void submit(Input.Submit submit) {
        boolean queued = requests.submit(submit.requests(), state.gate() == Gate.REFUSE
                ? PublishFailures.disconnected(state.lastFailure().orElse(null))
                : null);
        if (queued) {
            submit.markQueued();
        }
    }

    private void withdraw(Input.Withdraw withdraw) {
        if (requests.withdraw(withdraw.request(), withdraw.forget())) {
            withdraw.markQueued();
        }
        version++;
    }

    private void join(Input.Join join) {
        if (state.gate() == Gate.REFUSE) {
            effects.add(new Effect.Refuse(join.subscriber(),
                    PublishFailures.disconnected(state.lastFailure().orElse(null))));
            return;
        }
        version++;
        try {
            subscriptions.join(join.subscriber(), join.starts(), requests.isOpen(), lastNumber);
        } catch (IllegalStateException otherPosition) {
            effects.add(new Effect.Refuse(join.subscriber(), otherPosition));
        }
    }

    private void leave(Subscriber subscriber, boolean unhandled) {
        version++;
        if (unhandled) {
            subscriptions.hold(subscriber);
        }
        subscriptions.leave(subscriber, requests.isOpen());
    }

    private void leaveAll() {
        version++;
        subscriptions.leaveAll();
    }

    private void positionChosen(RefusedPosition refused, Optional<Position> choice) {
        version++;
        subscriptions.positionChosen(refused, choice, requests.isOpen());
    }

    // The network

    private void received(Input.Received received, long nowNs) {
        Exchange exchange = received.exchange();
        if (exchange == null) {
            pushed(received, nowNs);
        } else if (received.isFirst() ? !exchange.isOver() : exchange.isTaking()) {
            answered(exchange, received, nowNs);
        }
    }

    private void answered(Exchange exchange, Input.Received received, long nowNs) {
        if (requests.isLate(exchange)) {
            lateAnswered(exchange, received, nowNs);
            return;
        }
        if (received.isFirst()) {
            exchange.take();
            ended(exchange, nowNs);
        }
        route(received, exchange.isRefusing() && flow.isPaused(), nowNs);
        if (received.isLast()) {
            exchange.end();
            MessageReader.Reading reading = received.reading();
            router.unreadable(reading, List.of(exchange), true, nowNs);
            decide(nowNs);
            BayeuxException failure = reading.failure();
            if (failure != null) {
                router.failUnanswered(exchange, failure, nowNs);
                responseLost(failure, !exchange.isBatch());
            } else {
                requests.answered(exchange);
                router.missing(exchange, reading.isEmpty(), state.outstanding(), nowNs);
                if (reading.isEmpty() && exchange.kind() == Kind.CONNECT && isReplayedOnly()) {
                    // What should have been in it may have carried deliveries.
                    events.add(new SessionEvent.DeliveriesMissed(null));
                }
            }
        }
    }

    /** The response to a batch whose session has ended: it tells what became of the messages, and nothing else of it counts. */
    private void lateAnswered(Exchange exchange, Input.Received received, long nowNs) {
        exchange.take();
        ReplyRouter.Reply reply = new ReplyRouter.Reply(exchange, received.messages(), List.of(),
                state.clientId().orElse(""), 0, nowNs);
        for (IncomingMessage message : received.messages().subList(received.from(), received.to())) {
            if (!message.isMeta() && message.successful() != null) {
                router.receive(message, reply);
                judge(reply, nowNs);
            }
        }
        if (received.isLast()) {
            router.tellIgnored();
            requests.failLate(exchange);
            exchange.end();
            ended(exchange, nowNs);
        }
    }

    private void ended(Exchange exchange, long nowNs) {
        if (exchange == connecting) {
            connecting = null;
            connectEndedNs = nowNs;
        }
        requests.ended(exchange);
        version++;
        batchEnded();
    }

    /** Carries out a replacement of the connections that waited for the batch. */
    private void batchEnded() {
        if (requests.isIdle() && connectivity.takeRenewalDue()
                && state.status() == ConnectionStatus.SUSPENDED) {
            renew();
        }
    }

    private void pushed(Input.Received received, long nowNs) {
        if (!connectivity.isCurrent(received.connection())) {
            return;
        }
        connectivity.received(nowNs);
        Exchange connect = connecting;
        // Also for messages that come late, after the reply that has ended the exchange.
        boolean refusing = connect == null ? flow.isForced() && state.isAcknowledging() : connect.isRefusing();
        if (connect != null && isAnswered(connect, received)) {
            endPushed(connect, nowNs);
        }
        route(received, refusing, nowNs);
        endAnswered(nowNs);
        for (Exchange late : requests.late()) {
            if (requests.isLateAnswered(late)) {
                endPushed(late, nowNs);
            }
        }
        if (received.isLast() && !received.reading().isPlain()) {
            withoutReplies(received, nowNs);
        }
    }

    /** A frame, or a part of it, is no message: an exchange that it may have answered need not wait for its limit. */
    private void withoutReplies(Input.Received received, long nowNs) {
        MessageReader.Reading reading = received.reading();
        List<Exchange> waiting = waitingOn(received.connection());
        router.unreadable(reading, waiting, false, nowNs);
        decide(nowNs);
        BayeuxException failure = reading.failure();
        if (failure != null) {
            if (waiting.isEmpty()) {
                effects.tell(new ClientEvent.MessageIgnored(failure));
            }
            for (Exchange each : waiting) {
                router.failUnanswered(each, failure, nowNs);
                endPushed(each, nowNs);
            }
            responseLost(failure, !waiting.isEmpty() && !waiting.getLast().isBatch());
        } else if (reading.isEmpty() && !waiting.isEmpty()) {
            // Other requests are answered at once, while the connect is held.
            Exchange unanswered = waiting.getFirst();
            router.missing(unanswered, true, state.outstanding(), nowNs);
            endPushed(unanswered, nowNs);
        } else {
            endAnswered(nowNs);
        }
    }

    /** The exchanges of a full-duplex connection that have no reply yet: the batch is before the connect. */
    private List<Exchange> waitingOn(int connection) {
        List<Exchange> waiting = inFlight();
        waiting.removeIf(each -> each.connection() != connection);
        return waiting;
    }

    /** The batches in flight, oldest first, then the handshake or connect. */
    private List<Exchange> inFlight() {
        List<Exchange> inFlight = requests.inFlight();
        if (connecting != null) {
            inFlight.add(connecting);
        }
        return inFlight;
    }

    private static boolean isAnswered(Exchange connect, Input.Received received) {
        for (int n = received.from(); n < received.to(); n++) {
            IncomingMessage message = received.messages().get(n);
            if (message.isMeta() && connect.id().equals(message.id())) {
                return true;
            }
        }
        return false;
    }

    private void endAnswered(long nowNs) {
        for (Exchange batch = requests.firstAnswered(); batch != null; batch = requests.firstAnswered()) {
            endIfAnswered(batch, nowNs);
        }
    }

    /** Over a full-duplex connection no response tells the end: a batch has ended when all of it is answered. */
    private void endIfAnswered(Exchange batch, long nowNs) {
        if (batch.isWritten() && batch.isAnswered(requests.matcher())) {
            if (batch.lost() == null) {
                requests.answered(batch);
            }
            endPushed(batch, nowNs);
        }
    }

    private void endPushed(Exchange exchange, long nowNs) {
        exchange.end();
        ended(exchange, nowNs);
        effects.add(new Effect.Wake(exchange));
    }

    /** Takes the messages of one body or frame, or a slice of them, in their order (C-74). */
    private void route(Input.Received received, boolean refusing, long nowNs) {
        List<IncomingMessage> messages = received.messages();
        int from = received.from();
        int to = received.to();
        if (refusing) {
            messages = withoutDeliveries(messages.subList(from, to));
            from = 0;
            to = messages.size();
        }
        int before = refusing ? beforeLast(messages) : Math.max(from, Math.min(to, received.before()));
        replyServed = received.isFirst() ? 0 : replyServed;
        List<Exchange> waiting = received.exchange() == null ? waitingOn(received.connection()) : List.of();
        ReplyRouter.Reply first = new ReplyRouter.Reply(received.exchange(), received.messages(), waiting,
                state.clientId().orElse(""), 0, nowNs);
        int deliveries = 0;
        int served = 0;
        int run = from;
        for (int n = from; n < before; n++) {
            IncomingMessage message = messages.get(n);
            if (message.isDelivery()) {
                deliveries++;
                served += arrived(message, lastNumber + n - run + 1, first) ? 1 : 0;
            } else {
                deliver(messages, run, n);
                run = n + 1;
                router.receive(message, first);
            }
            judge(first, nowNs);
        }
        deliver(messages, run, before);
        replyServed += served;
        if (deliveries > 0) {
            effects.add(new Effect.TellDropped());
            events.add(new SessionEvent.Delivered(deliveries, served));
            decide(nowNs);
        }
        ReplyRouter.Reply last = new ReplyRouter.Reply(received.exchange(), received.messages(), waiting,
                state.clientId().orElse(""), replyServed, nowNs);
        for (int n = before; n < to; n++) {
            router.receive(messages.get(n), last);
            judge(last, nowNs);
        }
        if (received.isLast()) {
            router.tellIgnored();
        }
    }

    /**
     * Takes the events of a message. A publish that the server has refused for its session leaves in the next session if
     * there is to be one: it was certainly not processed.
     */
    private void judge(ReplyRouter.Reply reply, long nowNs) {
        decide(nowNs);
        List<ReplyRouter.RefusedForSession> refused = router.takeRefusedForSession();
        if (refused.isEmpty()) {
            return;
        }
        boolean goesOn = reply.clientId().equals(state.clientId().orElse(null));
        List<Request> again = new ArrayList<>(refused.size());
        for (ReplyRouter.RefusedForSession each : refused) {
            if (goesOn && !each.late()) {
                effects.fail(each.request(), each.failure());
            } else if (state.gate() == Gate.REFUSE) {
                effects.fail(each.request(), PublishFailures.notSent(each.request(), each.failure()));
            } else {
                again.add(each.request());
            }
        }
        if (!again.isEmpty()) {
            requests.sendAgain(again);
        }
        version++;
    }

    /** Where the messages begin that are judged after all others (C-137). */
    private static int beforeLast(List<IncomingMessage> messages) {
        int before = messages.size();
        while (before > 0 && messages.get(before - 1).isMeta()) {
            before--;
        }
        return before;
    }

    /** Takes a delivery; whether a subscriber or a call wanted it. */
    private boolean arrived(IncomingMessage message, long number, ReplyRouter.Reply reply) {
        String channel = String.valueOf(message.channel());
        subscriptions.arrived(channel, number, String.valueOf(message.data()));
        boolean answers = router.receiveDelivery(message, reply);
        return answers || !subscriptions.routes().of(channel).isEmpty();
    }

    private void deliver(List<IncomingMessage> messages, int from, int to) {
        if (from < to) {
            effects.add(new Effect.Deliver(messages, from, to, lastNumber + 1, !flow.isForced()));
            lastNumber += to - from;
        }
    }

    /**
     * Makes as if the reply had brought nothing and had no number to acknowledge: the server sends all of that again when
     * the next connect acknowledges what it did before (C-114). That connect waits, so this is no quick loop (C-113).
     */
    private List<IncomingMessage> withoutDeliveries(List<IncomingMessage> messages) {
        List<IncomingMessage> left = new ArrayList<>();
        for (IncomingMessage message : messages) {
            // An answer that a caller waits for needs no room.
            if (!message.isDelivery() || requests.matcher().isAnsweredBy(message)) {
                left.add(Fields.CONNECT.equals(message.channel())
                        ? message.with(JsonValue.EMPTY_JSON_OBJECT, message.data())
                        : message);
            }
        }
        return left;
    }

    private void progressed(int connection, long nowNs) {
        if (connectivity.isCurrent(connection)) {
            connectivity.received(nowNs);
        }
    }

    private void written(Exchange exchange, long nowNs) {
        exchange.markWritten(nowNs);
        connectivity.written(exchange);
        if (requests.isSending(exchange)) {
            endIfAnswered(exchange, nowNs);
        }
    }

    private void failed(Exchange exchange, BayeuxException cause, long nowNs) {
        BayeuxException failure = Requests.failureOf(exchange, cause);
        if (exchange.isOver() && !exchange.isTaking()) {
            return;
        }
        boolean late = requests.isLate(exchange);
        exchange.end();
        connectivity.failed(exchange, failure);
        if (Requests.isTooLongTogether(exchange, failure)) {
            requests.sendInHalves(exchange);
        } else {
            requests.failed(exchange);
            if (!late && !PublishFailures.mayHaveBeenAnswered(failure)) {
                requests.unprocessed(exchange);
            }
            router.failUnanswered(exchange, failure, nowNs);
            if (!late) {
                responseLost(failure, !exchange.isBatch());
            }
        }
        ended(exchange, nowNs);
    }

    private void heldBack(Input.HeldBack held, long nowNs) {
        if (!held.exchange().isOver()) {
            router.heldBack(held.exchange(), held.id(), held.why(), nowNs);
            version++;
        }
    }

    private void carries(int connection, int bytes) {
        if (connectivity.isCurrent(connection)) {
            connectivity.carries(bytes);
        }
    }

    private void connectionEnded(int connection, TransportException reason) {
        if (connectivity.isCurrent(connection)) {
            connectivity.socketEnded();
            if (connecting == null && requests.sending().isEmpty()) {
                // No exchange fails, but frames may be lost.
                responseLost(reason, false);
            }
        }
        markLost(connection, reason);
    }

    /** No reply can arrive for the exchanges that an ended connection has carried. */
    private void markLost(int connection, TransportException reason) {
        for (Exchange each : inFlight()) {
            if (each.connection() == connection && each.lost() == null) {
                each.markLost(reason);
                effects.add(new Effect.Wake(each));
            }
        }
    }

    // The view of callers

    @Override
    public SessionState session() {
        return state;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean allActive() {
        return subscriptions.allActive();
    }

    @Override
    public boolean isSettled() {
        return requests.isSettled();
    }

    @Override
    public SubscriptionState stateOf(Subscriber subscriber) {
        return subscriptions.stateOf(subscriber);
    }

    @Override
    public Optional<SubscribeException> failureOf(Subscriber subscriber) {
        return subscriptions.failureOf(subscriber);
    }

    @Override
    public long version() {
        return version;
    }
}
