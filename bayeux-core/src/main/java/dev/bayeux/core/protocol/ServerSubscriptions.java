package dev.bayeux.core.protocol;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The channels and patterns as the server knows them: subscribes to each once (C-64), takes the answers, restores all in a
 * new session (C-71) from the position that each has reached, and retries what the server refuses for a passing reason.
 */
final class ServerSubscriptions {

    private final Effects effects;
    private final Requests requests;
    private final FlowControl flow;
    private final ReplayExtension replay;
    private final Backoff backoff;
    private final Routes routes = new Routes();
    private final Restoration restoration = new Restoration();
    private final Map<String, String> channelsByKey = new HashMap<>();
    private final Set<ServerSubscription> retried = new LinkedHashSet<>();
    /** Channels that the server may still deliver in this session though it was asked to end that. */
    private final Set<String> uncertain = new HashSet<>();
    /** The session of the uncertain channels is gone, but its deliveries may still be on their way through the client. */
    private boolean uncertainIsOld;
    private final SubscriberChannels channels = new SubscriberChannels();
    private final ReplayPositions positions;
    private int inactive;
    private long random;

    ServerSubscriptions(Effects effects, Requests requests, FlowControl flow, ReplayExtension replay, Backoff backoff,
            long seed) {
        this.effects = effects;
        this.requests = requests;
        this.flow = flow;
        this.replay = replay;
        this.backoff = backoff;
        this.random = seed;
        this.positions = new ReplayPositions(effects, replay, routes, channels);
    }

    Routes routes() {
        return routes;
    }

    ReplayPositions positions() {
        return positions;
    }

    boolean allActive() {
        return inactive == 0;
    }

    /** Whether a new session redelivers the messages that this one did not receive. */
    boolean redelivers() {
        return replay.isOffered();
    }

    /** When a refused subscription is retried; {@link Long#MAX_VALUE} if none is. */
    long wakeAtNs() {
        long atNs = Long.MAX_VALUE;
        for (ServerSubscription each : retried) {
            atNs = Math.min(atNs, each.retryAtNs());
        }
        return atNs;
    }

    // Subscribers

    SubscriptionState stateOf(Subscriber subscriber) {
        if (!subscriber.isJoined()) {
            return SubscriptionState.CLOSED;
        }
        SubscriptionState least = SubscriptionState.ACTIVE;
        for (ServerSubscription each : channels.of(subscriber)) {
            if (each.state() == SubscriptionState.REJECTED) {
                return SubscriptionState.REJECTED;
            }
            least = each.state() == SubscriptionState.REQUESTED ? SubscriptionState.REQUESTED : least;
        }
        return least;
    }

    Optional<SubscribeException> failureOf(Subscriber subscriber) {
        return channels.of(subscriber).stream().map(ServerSubscription::failure).filter(Objects::nonNull).findFirst();
    }

    /**
     * Subscribes a subscriber.
     *
     * @param starts the position of each channel, empty without replay
     * @param open whether requests can be sent now
     * @throws IllegalStateException if two channels would share a position, or a channel would begin twice
     */
    void join(Subscriber subscriber, Map<String, Position> starts, boolean open, long lastNumber) {
        starts.keySet().forEach(channel -> checkPosition(channel, subscriber));
        subscriber.join(lastNumber);
        effects.add(new Effect.Joined(subscriber, lastNumber));
        List<ServerSubscription> mine = new ArrayList<>(1);
        channels.put(subscriber, mine);
        for (String channel : new LinkedHashSet<>(subscriber.channels())) {
            ServerSubscription server = routes.get(channel);
            if (server == null) {
                server = add(channel, starts.get(channel));
            }
            server.subscribers().add(subscriber);
            mine.add(server);
            if (!server.isActive() && !server.isAsked()) {
                ask(server, open);
            }
        }
        establishIfActive(subscriber);
    }

    /** No position can be chosen for a channel that is being delivered already, nor one for two channels. */
    private void checkPosition(String channel, Subscriber subscriber) {
        if (subscriber.choosesStart() && routes.get(channel) != null) {
            throw new IllegalStateException(
                    "%s is subscribed already, so from() cannot choose where it begins: leave from() out, or close the other subscription."
                            .formatted(channel));
        }
        String key = ReplayExtension.key(channel);
        String other = channelsByKey.get(key);
        if (other == null || other.equals(channel)) {
            other = subscriber.channels().stream()
                    .filter(each -> !each.equals(channel) && ReplayExtension.key(each).equals(key)).findFirst()
                    .orElse(null);
        }
        if (other != null && !other.equals(channel)) {
            throw new IllegalStateException(
                    "%s and %s have the same position, which cannot be right for both: subscribe one of them with another client and another store."
                            .formatted(channel, other));
        }
    }

    private ServerSubscription add(String channel, @Nullable Position start) {
        ChannelPosition position = replay.begin(start);
        if (position != null && uncertain.contains(channel)) {
            position.markUncertain();
        }
        ServerSubscription made = new ServerSubscription(channel, position);
        routes.add(made);
        if (replay.isOn()) {
            channelsByKey.put(ReplayExtension.key(channel), channel);
        }
        inactive += made.isActive() ? 0 : 1;
        return made;
    }

    private boolean remove(ServerSubscription server) {
        boolean removed = routes.remove(server);
        if (removed) {
            retried.remove(server);
            channelsByKey.remove(ReplayExtension.key(server.channel()), server.channel());
            inactive -= server.isActive() ? 0 : 1;
        }
        return removed;
    }

    private void ask(ServerSubscription server, boolean open) {
        retried.remove(server);
        // Without a session the request is made again, with all others, as soon as there is one.
        Request request = request(server, open ? replay.ext(server, effects) : JsonValue.EMPTY_JSON_OBJECT);
        if (open) {
            requests.add(request);
        }
    }

    private Request request(ServerSubscription server, JsonObject ext) {
        Request request = Request.ofSubscription(Request.Kind.SUBSCRIBE, server.channel(), ext);
        inactive += server.isActive() ? 1 : 0;
        server.ask(request);
        return request;
    }

    private void establishIfActive(Subscriber subscriber) {
        for (ServerSubscription each : channels.of(subscriber)) {
            if (!each.isActive()) {
                return;
            }
        }
        if (!subscriber.isEstablished()) {
            subscriber.establish();
            effects.add(new Effect.Establish(subscriber));
        }
    }

    /** Unsubscribes from the channels that no other subscriber has. */
    void leave(Subscriber subscriber, boolean open) {
        if (!subscriber.isJoined()) {
            return;
        }
        subscriber.leave();
        // A queue that no thread empties any more must not pause the server.
        flow.left(subscriber);
        routes.forgetLookup();
        for (ServerSubscription server : channels.of(subscriber)) {
            server.subscribers().remove(subscriber);
            if (server.position() != null) {
                server.position().forget(subscriber);
            }
            if (server.subscribers().isEmpty() && remove(server) && server.isSent() && open
                    && server.state() != SubscriptionState.REJECTED && server.retryAtNs() == Long.MAX_VALUE) {
                unsubscribe(server);
            }
        }
        effects.add(new Effect.Left(subscriber));
    }

    private void unsubscribe(ServerSubscription server) {
        if (server.isAsked()) {
            uncertain.add(server.channel());
        }
        requests.add(Request.ofSubscription(Request.Kind.UNSUBSCRIBE, server.channel()));
    }

    /** Removes all subscribers of a closed client. */
    void leaveAll() {
        for (Subscriber each : subscribers()) {
            each.leave();
            flow.left(each);
            effects.add(new Effect.Left(each));
        }
        List.copyOf(routes.all()).forEach(this::remove);
    }

    private Set<Subscriber> subscribers() {
        Set<Subscriber> all = new LinkedHashSet<>();
        routes.all().forEach(server -> all.addAll(server.subscribers()));
        return all;
    }

    // Sessions

    void handshook(JsonObject ext) {
        replay.handshook(ext);
    }

    /** {@return requests for all, each once, in their order; they are to be sent before everything else} */
    List<Request> restore(long serial) {
        if (uncertainIsOld) {
            uncertainIsOld = false;
            uncertain.clear();
            for (ServerSubscription each : routes.all()) {
                if (each.position() != null) {
                    each.position().markCertain();
                }
            }
        }
        retried.clear();
        List<Request> all = new ArrayList<>();
        for (ServerSubscription each : routes.all()) {
            if (each.isSent()) {
                all.add(request(each, replay.resume(each, effects)));
            }
        }
        restoration.begin(serial, all);
        return all;
    }

    /** The session is gone, and another one is being made. */
    void sessionLost() {
        restoration.giveUp();
        routes.all().forEach(this::forget);
        retried.clear();
        uncertainIsOld = true;
    }

    private void forget(ServerSubscription server) {
        boolean active = server.isActive();
        server.forget();
        inactive += active && !server.isActive() ? 1 : 0;
    }

    /** There is no session: subscribers that the server has never accepted fail, the others wait for the next session. */
    void sessionEnded(BayeuxException why) {
        sessionLost();
        for (Subscriber each : subscribers()) {
            if (!each.isEstablished()) {
                reject(each, why);
            }
        }
        for (ServerSubscription server : List.copyOf(routes.all())) {
            if (!server.hasEstablished()) {
                remove(server);
            }
        }
    }

    private void reject(Subscriber subscriber, BayeuxException why) {
        effects.add(new Effect.Reject(subscriber, why));
        leave(subscriber, requests.isOpen());
    }

    // Answers

    /** Takes an acceptance; whether it completes the restoration. */
    boolean accepted(Request request) {
        ServerSubscription server = routes.get(request.body());
        if (server != null && server.isFor(request)) {
            inactive -= server.isActive() ? 0 : 1;
            server.accept();
            List.copyOf(server.subscribers()).forEach(this::establishIfActive);
        }
        return restoration.isCompletedBy(request);
    }

    /** Takes a refusal; whether it completes the restoration. */
    boolean refused(Request request, BayeuxException cause, long nowNs) {
        ServerSubscription server = routes.get(request.body());
        if (server != null && server.isFor(request)) {
            ChannelPosition position = server.position();
            if (position != null && RefusedPosition.isAbout(cause)) {
                effects.add(new Effect.ChoosePosition(new RefusedPosition(server.channel(), request,
                        position.position(), (RefusedException) cause)));
            } else if (cause instanceof RefusedException && cause.kind() == FailureKind.TRANSIENT) {
                retryLater(server, cause, nowNs);
            } else {
                rejected(server, cause);
            }
        }
        return restoration.isCompletedBy(request);
    }

    /**
     * The request got no answer. If it restores a subscription then the restoration has failed.
     *
     * @return whether that is so since this request
     */
    boolean lost(Request request, BayeuxException cause, long nowNs) {
        if (restoration.contains(request)) {
            return restoration.failsNow();
        }
        refused(request, cause, nowNs);
        return false;
    }

    long restorationSerial() {
        return restoration.serial();
    }

    /**
     * The server may accept the subscription later, so it is asked for again until the server says something permanent. A
     * caller that waits for a new subscriber gives up at a limit.
     */
    private void retryLater(ServerSubscription server, BayeuxException cause, long nowNs) {
        random = random * 6364136223846793005L + 1442695040888963407L;
        long delayNs = backoff.delay(server.refused(), (random >>> 11) * 0x1p-53).toNanos();
        server.retryAt(nowNs + delayNs, failure(server, cause));
        retried.add(server);
    }

    /** Sends the subscribe requests whose backoff has passed. */
    void retryDue(long nowNs, boolean open) {
        if (!open) {
            retried.clear();
        } else if (!retried.isEmpty()) {
            retried.stream().filter(each -> each.retryAtNs() <= nowNs).toList().forEach(each -> ask(each, true));
        }
    }

    /** The program has chosen another position for one that the server has refused. */
    void positionChosen(RefusedPosition refused, Optional<Position> choice, boolean open) {
        ServerSubscription server = routes.get(refused.channel());
        ChannelPosition position = server == null ? null : server.position();
        if (server == null || position == null || !server.isFor(refused.request())) {
            // Closed meanwhile, or another session subscribes anew.
            return;
        }
        Optional<Position> begun = position.mayTryAnother() ? choice : Optional.empty();
        effects.report(ReplayExtension.gap(server.channel(), refused.position(), begun, Reason.REFUSED,
                refused.cause()));
        if (begun.isEmpty()) {
            rejected(server, refused.cause());
        } else {
            position.begin(begun.get());
            ask(server, open);
        }
    }

    private static SubscribeException failure(ServerSubscription server, BayeuxException cause) {
        return new SubscribeException(cause.kind(), server.channel(),
                "No subscription to %s. %s".formatted(server.channel(), cause.getMessage()), cause);
    }

    private void rejected(ServerSubscription server, BayeuxException cause) {
        SubscribeException failure = failure(server, cause);
        inactive += server.isActive() ? 1 : 0;
        server.reject(failure);
        List<Subscriber> all = List.copyOf(server.subscribers());
        if (!server.hasEstablished()) {
            remove(server);
            boolean unknown = !(cause instanceof RefusedException || cause instanceof HeldBackException);
            if (unknown && requests.isOpen()) {
                // The lost answer may have been a yes: the server shall not deliver what no subscriber wants.
                uncertain.add(server.channel());
                requests.add(Request.ofSubscription(Request.Kind.UNSUBSCRIBE, server.channel()));
            }
        }
        for (Subscriber each : all) {
            if (each.isEstablished()) {
                effects.report(new ClientEvent.SubscriptionRejected(each.subscription(), failure));
            } else {
                reject(each, failure);
            }
        }
    }

    /** It is not known whether the server has ended a subscription (C-70). */
    void unsubscribeLost(Request request) {
        uncertain.add(request.body());
        ServerSubscription again = routes.get(request.body());
        if (again != null && again.position() != null) {
            again.position().markUncertain();
        }
    }
}
