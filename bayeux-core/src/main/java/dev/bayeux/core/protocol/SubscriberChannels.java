package dev.bayeux.core.protocol;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** The server's subscriptions of each subscriber, also after it has left: it may still handle a message. */
final class SubscriberChannels {

    private final Map<Subscriber, List<ServerSubscription>> serverOf = new WeakHashMap<>();

    List<ServerSubscription> of(Subscriber subscriber) {
        return serverOf.getOrDefault(subscriber, List.of());
    }

    void put(Subscriber subscriber, List<ServerSubscription> server) {
        serverOf.put(subscriber, server);
    }
}
