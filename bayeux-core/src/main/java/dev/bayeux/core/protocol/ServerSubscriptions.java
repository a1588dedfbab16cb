package dev.bayeux.core.protocol;

import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The channels and patterns as the server knows them: subscribes to each once (C-64), and restores all in a new session (C-71)
 * from the position that each has reached. {@link SubscribeReplies} takes the server's replies.
 */
final class ServerSubscriptions {

    private final Effects effects;
    private final Requests requests;
    private final FlowControl flow;
    private final ReplayExtension replay;
    private final SubscribeRetries retries;
    private final UnsubscribeRetries endings;
    /** The last request of each channel to end its subscription, until it is answered or lost. */
    private final Map<String, Request> lastEndings = new HashMap<>();
    private final SubscriptionTable table;
    private final Restoration restoration = new Restoration();
    /**
     * The channels that the server may still deliver in this session although the client has unsubscribed from them. A new
     * subscription of such a channel gets deliveries of the old one, which must not move its position.
     */
    private final Set<String> uncertain = new HashSet<>();
    /** Records that the session has ended; the client may still be passing on its deliveries. */
    private boolean sessionLost;
    private final ReplayPositions positions;

    ServerSubscriptions(Effects effects, Requests requests, FlowControl flow, ReplayExtension replay,
            SubscribeRetries retries) {
        this.effects = effects;
        this.requests = requests;
        this.flow = flow;
        this.replay = replay;
        this.retries = retries;
        this.endings = new UnsubscribeRetries(retries::delayNs);
        this.table = new SubscriptionTable(replay.isOn());
        this.positions = new ReplayPositions(effects, replay, table);
    }

    SubscriptionTable table() {
        return table;
    }

    ReplayPositions positions() {
        return positions;
    }

    Restoration restoration() {
        return restoration;
    }

    /** Whether a new session redelivers the messages that this one did not receive. */
    boolean redelivers() {
        return replay.isOffered();
    }

    // Subscribers

    /**
     * Subscribes a subscriber; deliveries up to {@code lastNumber} are not for it. Throws {@link IllegalStateException} if a
     * channel has begun already, or two channels would share a position.
     */
    void join(Subscriber subscriber, Map<String, Position> starts, long lastNumber) {
        starts.keySet().forEach(channel -> table.checkPosition(channel, subscriber));
        subscriber.join(lastNumber);
        effects.add(new Effect.Joined(subscriber, lastNumber));
        List<ServerSubscription> servers = new ArrayList<>(1);
        for (String channel : new LinkedHashSet<>(subscriber.channels())) {
            ServerSubscription known = table.get(channel);
            servers.add(known == null ? make(channel, starts.get(channel)) : known);
        }
        table.add(subscriber, servers);
        for (ServerSubscription server : servers) {
            if (!server.isActive() && !server.isAsked()) {
                ask(server);
            }
        }
        establishIfActive(subscriber);
    }

    private ServerSubscription make(String channel, @Nullable Position start) {
        ChannelPosition position = replay.begin(start);
        if (position != null && uncertain.contains(channel)) {
            position.markUncertain();
        }
        ServerSubscription made = new ServerSubscription(channel, position);
        table.add(made);
        return made;
    }

    /** Requests a subscription. Without a session, the request is made with all others as soon as there is one. */
    void ask(ServerSubscription server) {
        retries.remove(server);
        boolean open = requests.isOpen();
        Request request = Request.ofSubscription(Request.Kind.SUBSCRIBE, server.channel(),
                open ? replay.ext(server, effects) : JsonValue.EMPTY_JSON_OBJECT);
        server.ask(request);
        if (open) {
            if (endings.asked(server.channel())) {
                // The server may still have the earlier subscription, which must end first.
                end(server.channel());
            }
            requests.add(request);
        }
    }

    void establishIfActive(Subscriber subscriber) {
        if (!subscriber.isEstablished() && table.of(subscriber).stream().allMatch(ServerSubscription::isActive)) {
            subscriber.establish();
            effects.add(new Effect.Establish(subscriber));
        }
    }

    /** Unsubscribes from the channels that no other subscriber has. */
    void leave(Subscriber subscriber) {
        if (!subscriber.isJoined()) {
            return;
        }
        subscriber.leave();
        // A queue that no thread empties any more must not hold connects back.
        flow.left(subscriber);
        table.routes().forgetLookup();
        for (ServerSubscription server : table.of(subscriber)) {
            server.subscribers().remove(subscriber);
            if (server.position() != null) {
                server.position().forget(subscriber);
            }
            if (server.subscribers().isEmpty() && remove(server) && server.isSent()
                    && server.state() != SubscriptionState.REJECTED
                    && (server.retryAtNs() == Long.MAX_VALUE || server.isUncertain())) {
                unsubscribe(server, server.isUncertain());
            }
        }
        effects.add(new Effect.Left(subscriber));
    }

    boolean remove(ServerSubscription server) {
        retries.remove(server);
        return table.remove(server);
    }

    /** Asks the server to end a subscription, if there is a session; {@code unanswered} if it may accept it only after that. */
    void unsubscribe(ServerSubscription server, boolean unanswered) {
        if (requests.isOpen()) {
            if (unanswered) {
                uncertain.add(server.channel());
            }
            endings.remove(server.channel());
            end(server.channel());
        }
    }

    private void end(String channel) {
        Request request = Request.ofSubscription(Request.Kind.UNSUBSCRIBE, channel);
        lastEndings.put(channel, request);
        requests.add(request);
    }

    /** The server has answered a request to end a subscription. */
    void unsubscribed(Request request) {
        endings.remove(request.body());
        lastEndings.remove(request.body(), request);
    }

    /**
     * Takes the loss of an unsubscribe request or of its reply; {@code ignored} says whether the server has the request, so far
     * as is known, and has not answered, or an extension holds it back on purpose. Returns whether it is retried.
     */
    boolean unsubscribeLost(Request request, boolean ignored, long nowNs) {
        String channel = request.body();
        uncertain.add(channel);
        ServerSubscription again = table.get(channel);
        if (again != null && again.position() != null) {
            again.position().markUncertain();
        }
        // A later request, for the end of a later subscription, ends both.
        boolean last = lastEndings.remove(channel, request);
        return last && requests.isOpen() && endings.lost(channel, ignored, nowNs);
    }

    /** Takes the request for a subscription out of the queue, unless it is part of a restoration. Returns whether it was there. */
    boolean withdraw(ServerSubscription server) {
        Request request = server.request();
        return request != null && !restoration.contains(request) && requests.withdraw(request, false);
    }

    /** Removes all subscribers of a closed client. */
    void leaveAll() {
        for (Subscriber each : table.subscribers()) {
            each.leave();
            flow.left(each);
            effects.add(new Effect.Left(each));
        }
        List.copyOf(table.all()).forEach(this::remove);
    }

    /** Fails a subscriber that the server has never accepted, and closes it. */
    void reject(Subscriber subscriber, BayeuxException why) {
        effects.add(new Effect.Reject(subscriber, why));
        leave(subscriber);
    }

    // Sessions

    /** Records that the requests of a restoration were lost; the session machine will ask for another restoration. */
    void restoringFailed() {
        requests.restoringFailed();
    }

    /** {@return requests for all, each once, in their order; they are to be sent before everything else} */
    List<Request> restore(long serial) {
        if (sessionLost) {
            // This session knows no earlier subscription.
            sessionLost = false;
            uncertain.clear();
            for (ServerSubscription each : table.all()) {
                if (each.position() != null) {
                    each.position().markCertain();
                }
            }
        }
        retries.clear();
        for (ServerSubscription each : table.all()) {
            endings.remove(each.channel());
            lastEndings.remove(each.channel());
        }
        List<Request> all = new ArrayList<>();
        for (ServerSubscription each : table.all()) {
            if (each.isSent()) {
                Request request = Request.ofSubscription(Request.Kind.SUBSCRIBE, each.channel(),
                        replay.resume(each, effects));
                each.restore(request);
                all.add(request);
            }
        }
        restoration.begin(serial, all);
        return all;
    }

    /** Records that the session has ended and that the client is making another one. */
    void sessionLost() {
        restoration.giveUp();
        table.all().forEach(ServerSubscription::forget);
        retries.clear();
        endings.clear();
        lastEndings.clear();
        sessionLost = true;
    }

    /** There is no session: subscribers that the server has never accepted fail, the others wait for the next session. */
    void sessionEnded(BayeuxException why) {
        sessionLost();
        for (Subscriber each : table.subscribers()) {
            if (!each.isEstablished()) {
                reject(each, why);
            }
        }
        for (ServerSubscription server : List.copyOf(table.all())) {
            if (!server.hasEstablished()) {
                remove(server);
            }
        }
    }

    // Time

    /** Requests the refused subscriptions, and the ends of others, whose backoff has passed. */
    void retryDue(long nowNs) {
        if (requests.isOpen()) {
            retries.due(nowNs).forEach(this::ask);
            endings.due(nowNs).forEach(this::endAgain);
        } else {
            retries.clear();
            endings.clear();
        }
    }

    private void endAgain(String channel) {
        ServerSubscription again = table.get(channel);
        if (again != null && (again.isAsked() || again.isActive())) {
            endings.remove(channel);
        } else if (endings.asked(channel)) {
            end(channel);
        }
    }

    /** {@return when {@link #retryDue} is due, {@link Long#MAX_VALUE} if it is not} */
    long wakeAtNs() {
        return Math.min(retries.wakeAtNs(), endings.wakeAtNs());
    }
}
