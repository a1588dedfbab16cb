package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.SessionEvent;
import dev.bayeux.core.session.SessionMachine;
import dev.bayeux.core.session.SessionSettings;
import dev.bayeux.core.session.SessionState;
import dev.bayeux.core.session.SessionState.Gate;
import java.util.List;
import java.util.Optional;

/**
 * Decides everything that a client does: takes an input and the time, and returns effects to be carried out in their order. Has
 * no lock, thread, clock or I/O, so a test can play any course of events. The caller passes one input at a time.
 *
 * <p>{@link SessionMachine} decides the state of the session, and {@link SessionActions} carries out its decisions.
 * {@link SessionRequests} and {@link Requests} decide what leaves. {@link ExchangesInFlight} and {@link ServerSubscriptions}
 * know what waits, and {@link FlowControl} decides on the pause for a full queue. {@link Responses} or
 * {@link PushedMessages} take what arrives, and {@link ReceivedMessages} takes its messages in their order. {@link Connectivity}
 * is the connection in use.
 */
public final class ProtocolCore {

    private final Effects effects = new Effects();
    private final List<Effect> all = effects.all();
    private final Connectivity connectivity;
    private final CurrentSession session;
    private final Requests requests;
    private final FlowControl flow;
    private final ServerSubscriptions subscriptions;
    private final SubscribeReplies subscribeReplies;
    private final OrphanedBatches orphaned;
    private final ClientView view;
    private final ExchangesInFlight inFlight;
    private final SessionActions actions;
    private final SessionRequests sessionRequests;
    private final ReplyRouter router;
    private final ReceivedMessages messages;
    private final Responses responses;
    private final PushedMessages pushed;
    private boolean answer;

    /** Makes the core of a disconnected client; {@code seed} is that of the random part of waits. */
    public ProtocolCore(ProtocolSettings settings, ReplayExtension replay, long seed, long nowNs) {
        SessionSettings sessions = settings.session();
        ReplyMatcher matcher = new ReplyMatcher();
        connectivity = new Connectivity(effects, sessions.endpoints());
        session = new CurrentSession(new SessionMachine(sessions), SessionState.initial(seed, nowNs), effects,
                connectivity);
        requests = new Requests(effects, new SendQueue(settings.maxQueuedMessages()), matcher,
                new BatchSize(settings.maxRequestBytes()), settings.maxQueuedMessages());
        orphaned = requests.orphaned();
        flow = new FlowControl(effects, replay, settings.pause());
        SubscribeRetries retries = new SubscribeRetries(sessions.backoff(), seed);
        subscriptions = new ServerSubscriptions(effects, requests, flow, replay, retries);
        subscribeReplies = new SubscribeReplies(effects, session, subscriptions, retries);
        inFlight = new ExchangesInFlight(effects, session, requests, subscriptions, connectivity);
        actions = new SessionActions(effects, session, requests, subscriptions, connectivity, inFlight);
        view = new ClientView(session, actions, requests, subscriptions.table());
        sessionRequests = new SessionRequests(effects, session, connectivity, flow, inFlight,
                sessions.connectionTypes());
        UnansweredRequests unanswered = new UnansweredRequests(effects, session, subscribeReplies, matcher,
                sessions.draft());
        router = new ReplyRouter(effects, session, requests, subscribeReplies, unanswered, replay);
        messages = new ReceivedMessages(effects, session, actions, flow, subscriptions, router);
        responses = new Responses(actions, requests, connectivity, inFlight, messages, unanswered);
        pushed = new PushedMessages(effects, actions, requests, inFlight, messages, unanswered);
    }

    /** Takes an input. Returns the effects in their order; the next call reuses the list. */
    public List<Effect> on(Input input, long nowNs) {
        boolean decided = false;
        effects.clear();
        try {
            if (input instanceof Input.Flush) {
                flush(nowNs);
            } else {
                take(input, nowNs);
                actions.decide(nowNs);
            }
            decided = true;
        } finally {
            if (!decided) {
                // Events from before an error belong to no later input.
                session.forgetEvents();
            }
        }
        return all;
    }

    /** {@return the answer to the last {@link Input.Question}: yes or no} */
    public boolean answer() {
        return answer;
    }

    /** {@return when {@link Input.Time} is due; {@link Long#MAX_VALUE} if time changes nothing} */
    public long wakeAtNs() {
        return Math.min(Math.min(session.wakeAtNs(), orphaned.untilNs()),
                Math.min(subscriptions.wakeAtNs(), sessionRequests.wakeAtNs()));
    }

    /** {@return the state that callers may read} */
    public ClientView view() {
        return view;
    }

    /** {@return the subscribers of each channel, for the code that carries out {@link Effect.Deliver}} */
    public Routes routes() {
        return subscriptions.table().routes();
    }

    List<Request> queued() {
        return requests.queued();
    }

    private void take(Input input, long nowNs) {
        switch (input) {
            case Input.Received received -> received(received, nowNs);
            case Input.Flush flush -> throw new IllegalStateException("A flush is no event");
            case Input.Question question -> answer = answer(question, nowNs);
            case Input.Postpone(var postponed, var why) -> postpone(postponed, why);
            case Input.OutboxChanged changed -> effects.viewChanged();
            case Input.Disconnect(var lingerNs) -> session.happened(new SessionEvent.DisconnectWanted(lingerNs));
            case Input.Suspend suspend -> session.happened(new SessionEvent.SuspendWanted());
            case Input.Resume resume -> session.happened(new SessionEvent.ResumeWanted());
            case Input.CheckConnection check -> session.happened(new SessionEvent.ConnectionCheckWanted());
            case Input.Abort abort -> session.happened(new SessionEvent.Aborted());
            case Input.Close close -> actions.close();
            case Input.Join join -> join(join);
            case Input.Leave(var subscriber, var unhandled) -> leave(subscriber, unhandled);
            case Input.LeaveAll all -> leaveAll();
            case Input.QueueFull(var subscriber) -> flow.full(subscriber);
            case Input.QueueHasRoom(var subscriber) -> flow.hasRoom(subscriber);
            case Input.Handled handled -> subscriptions.positions().handled(handled);
            case Input.PositionChosen(var refused, var choice) -> positionChosen(refused, choice);
            case Input.Writing(var exchange) -> inFlight.writing(exchange, nowNs);
            case Input.Arrived(var exchange) -> exchange.markArrived();
            case Input.Progressed(var connection) -> progressed(connection, nowNs);
            case Input.Written(var exchange) -> written(exchange, nowNs);
            case Input.Failed(var exchange, var failure) -> responses.failed(exchange, failure, nowNs);
            case Input.HeldBack held -> heldBack(held, nowNs);
            case Input.Carries(var connection, var bytes) -> carries(connection, bytes);
            case Input.ConnectionEnded(var connection, var reason) -> inFlight.connectionEnded(connection, reason);
            case Input.Time time -> time(nowNs);
        }
    }

    private boolean answer(Input.Question question, long nowNs) {
        return switch (question) {
            case Input.Connect connect -> connect(nowNs);
            case Input.Submit(var requests) -> submit(requests);
            case Input.Withdraw(var request, var forget) -> withdraw(request, forget);
            case Input.Begin(var exchange) -> sessionRequests.begin(exchange, nowNs);
            // Once: a second refusal concerns the session, not this request.
            case Input.Unauthorized(var exchange) ->
                !exchange.isOver() && !orphaned.contains(exchange) && exchange.repeat();
            case Input.Leaving(var exchange) -> exchange.leave();
        };
    }

    /** Sends requests until no further one may leave. */
    private void flush(long nowNs) {
        int sent;
        do {
            sessionRequests.sendDue(nowNs);
            for (Exchange batch = requests.next(session, connectivity); batch != null;) {
                effects.add(new Effect.Send(batch));
                batch = requests.next(session, connectivity);
            }
            sent = all.size();
            actions.decide(nowNs);
        } while (all.size() > sent);
    }

    private void time(long nowNs) {
        session.happened(new SessionEvent.TimeReached());
        subscriptions.retryDue(nowNs);
        if (orphaned.untilNs() <= nowNs) {
            inFlight.endOrphaned(nowNs);
        }
    }

    // The program

    private boolean connect(long nowNs) {
        if (actions.isClosed()) {
            return false;
        }
        boolean starts = session.state().isOver();
        if (starts) {
            actions.connect(nowNs);
        }
        session.happened(new SessionEvent.ConnectWanted());
        return starts;
    }

    private boolean submit(List<Request> submitted) {
        SessionState state = session.state();
        return requests.submit(submitted, state.gate() == Gate.REFUSE
                ? PublishFailures.disconnected(state.lastFailure().orElse(null))
                : null);
    }

    private boolean withdraw(Request request, boolean forget) {
        effects.viewChanged();
        return requests.withdraw(request, forget);
    }

    private void postpone(List<Request> postponed, BayeuxException why) {
        effects.viewChanged();
        requests.postpone(postponed, why);
    }

    private void join(Input.Join join) {
        SessionState state = session.state();
        if (state.gate() == Gate.REFUSE) {
            effects.add(new Effect.Refuse(join.subscriber(),
                    PublishFailures.disconnected(state.lastFailure().orElse(null))));
            return;
        }
        effects.viewChanged();
        try {
            subscriptions.join(join.subscriber(), join.starts(), messages.lastNumber());
        } catch (IllegalStateException otherPosition) {
            effects.add(new Effect.Refuse(join.subscriber(), otherPosition));
        }
    }

    private void leave(Subscriber subscriber, boolean unhandled) {
        effects.viewChanged();
        if (unhandled) {
            subscriptions.positions().hold(subscriber);
        }
        subscriptions.leave(subscriber);
    }

    private void leaveAll() {
        effects.viewChanged();
        subscriptions.leaveAll();
    }

    private void positionChosen(RefusedPosition refused, Optional<Position> choice) {
        effects.viewChanged();
        subscribeReplies.positionChosen(refused, choice);
    }

    // The network

    private void received(Input.Received received, long nowNs) {
        Exchange exchange = received.exchange();
        if (exchange != null) {
            responses.take(exchange, received, flow.isPaused(), nowNs);
        } else if (connectivity.isCurrent(received.connection())) {
            connectivity.received(nowNs);
            pushed.take(received, flow.isForced() && session.state().isAcknowledging(), nowNs);
        }
    }

    private void progressed(int connection, long nowNs) {
        if (connectivity.isCurrent(connection)) {
            connectivity.received(nowNs);
        }
    }

    private void written(Exchange exchange, long nowNs) {
        inFlight.written(exchange, nowNs);
        pushed.written(exchange, nowNs);
    }

    private void heldBack(Input.HeldBack held, long nowNs) {
        if (!held.exchange().isOver()) {
            router.heldBack(held.exchange(), held.id(), held.why(), nowNs);
            effects.viewChanged();
        }
    }

    private void carries(int connection, int bytes) {
        if (connectivity.isCurrent(connection)) {
            connectivity.carries(bytes);
        }
    }

    /** {@return a number that changes whenever the answers of {@link #view} may have changed} */
    public long version() {
        return effects.version();
    }
}
