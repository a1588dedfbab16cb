package dev.bayeux.core.protocol;

import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.SubscribeException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Finds server subscriptions by channel and by subscriber. Rejects two channels of one client that would share a position. */
final class SubscriptionTable {

    private final boolean replay;
    private final Routes routes = new Routes();
    /** The channels of a client with replay, by the names of their positions in the store. */
    private final Map<String, String> channelsByKey = new HashMap<>();
    /** Keeps the channels of a subscriber that has left, since it may still handle a message. */
    private final Map<Subscriber, List<ServerSubscription>> bySubscriber = new WeakHashMap<>();

    SubscriptionTable(boolean replay) {
        this.replay = replay;
    }

    Routes routes() {
        return routes;
    }

    /** {@return all, in the order in which they were added} */
    Collection<ServerSubscription> all() {
        return routes.all();
    }

    @Nullable
    ServerSubscription get(String channel) {
        return routes.get(channel);
    }

    List<ServerSubscription> of(Subscriber subscriber) {
        return bySubscriber.getOrDefault(subscriber, List.of());
    }

    /** {@return the subscribers of all channels, each once} */
    Set<Subscriber> subscribers() {
        Set<Subscriber> all = new LinkedHashSet<>();
        routes.all().forEach(server -> all.addAll(server.subscribers()));
        return all;
    }

    void add(ServerSubscription server) {
        routes.add(server);
        if (replay) {
            channelsByKey.put(ReplayExtension.key(server.channel()), server.channel());
        }
    }

    void add(Subscriber subscriber, List<ServerSubscription> servers) {
        bySubscriber.put(subscriber, servers);
        servers.forEach(server -> server.subscribers().add(subscriber));
    }

    /** Removes a subscription; {@code false} if another one, or none, has its channel. */
    boolean remove(ServerSubscription server) {
        channelsByKey.remove(ReplayExtension.key(server.channel()), server.channel());
        return routes.remove(server);
    }

    /** Throws {@link IllegalStateException} if the channel has begun already, or if another channel has the same position. */
    void checkPosition(String channel, Subscriber subscriber) {
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
        if (other != null) {
            throw new IllegalStateException(
                    "%s and %s have the same position, which cannot be right for both: subscribe one of them with another client and another store."
                            .formatted(channel, other));
        }
    }

    // The state that callers see

    /** Whether the server has accepted all subscriptions. */
    boolean allActive() {
        return routes.all().stream().allMatch(ServerSubscription::isActive);
    }

    SubscriptionState stateOf(Subscriber subscriber) {
        if (!subscriber.isJoined()) {
            return SubscriptionState.CLOSED;
        }
        SubscriptionState least = SubscriptionState.ACTIVE;
        for (ServerSubscription each : of(subscriber)) {
            if (each.state() == SubscriptionState.REJECTED) {
                return SubscriptionState.REJECTED;
            }
            least = each.state() == SubscriptionState.REQUESTED ? SubscriptionState.REQUESTED : least;
        }
        return least;
    }

    Optional<SubscribeException> failureOf(Subscriber subscriber) {
        return of(subscriber).stream().map(ServerSubscription::failure).filter(Objects::nonNull).findFirst();
    }
}
