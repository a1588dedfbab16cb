package dev.bayeux.core.simulation;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.SubscribeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that is CONNECTED has restored its subscriptions (C-71), and after the mere loss of a connection it restores none
 * (C-73).
 */
final class RestoreRule implements Wire {

    /** A request for a subscription; no thread waits for its answer after this time. */
    private record Ask(ClientMessage message, long untilNs) {}

    /** How often a server may ignore the request to end a subscription. */
    private static final int MOST_UNSUBSCRIBES = 3;

    private final World world;
    private final Supplier<@Nullable String> session;
    private final List<Listening> listenings;
    private final Map<String, Ask> asked = new HashMap<>();
    private final Map<String, Set<String>> answered = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, Set<String>> requested = new HashMap<>();
    private final Map<String, Set<String>> accepted = new HashMap<>();
    /** How often the client has asked to end each subscription since it asked for it, by session and channel. */
    private final Map<String, Integer> unsubscribes = new HashMap<>();
    private ConnectionStatus lastStatus = ConnectionStatus.DISCONNECTED;
    private @Nullable String connectedSession;

    RestoreRule(World world, Supplier<@Nullable String> session, List<Listening> listenings) {
        this.world = world;
        this.session = session;
        this.listenings = listenings;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        for (ClientMessage message : messages) {
            if (message.isPublish()) {
                checkRestored(message);
            } else if (message.is("/meta/subscribe")) {
                unsubscribes.remove(key(message.clientId(), message.subscription()));
                of(requested, message.clientId()).add(String.valueOf(message.subscription()));
                asked.put(message.id(), new Ask(message, untilNs));
                if (Objects.equals(message.clientId(), connectedSession)
                        && of(accepted, connectedSession).contains(message.subscription())) {
                    world.fail("%s is asked for again in the same session (C-63, C-73).".formatted(
                            message.subscription()));
                }
            } else if (message.is("/meta/unsubscribe")) {
                unsubscribes.merge(key(message.clientId(), message.subscription()), 1, Integer::sum);
                of(accepted, message.clientId()).remove(message.subscription());
                // A yes that still comes is older.
                asked.values()
                        .removeIf(ask -> Objects.equals(ask.message.subscription(), message.subscription()));
            }
        }
    }

    @Override
    public void written(Object transport, List<ClientMessage> messages, long untilNs) {
        messages.forEach(message -> asked.computeIfPresent(message.id(), (id, ask) -> new Ask(message, untilNs)));
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            String subscription = message.subscription();
            if (message.channel().equals("/meta/subscribe") && subscription != null) {
                Ask request = message.id() == null ? null : asked.get(message.id());
                String owner = request == null ? session.get() : request.message.clientId();
                of(answered, owner).add(subscription);
                if (!message.isSuccessful()) {
                    refused.add(subscription);
                }
                if (message.isSuccessful() && request != null && isAwaited(request)) {
                    of(accepted, owner).add(subscription);
                } else {
                    // Also what it had accepted before, in a row of which another answer was lost.
                    of(accepted, owner).remove(subscription);
                }
            }
        }
    }

    private static String key(@Nullable String clientId, @Nullable String channel) {
        return clientId + " " + channel;
    }

    /** Whether the client need not end a subscription of its session any more: the server has not answered its requests. */
    boolean isGivenUp(String channel) {
        return unsubscribes.getOrDefault(key(session.get(), channel), 0) >= MOST_UNSUBSCRIBES;
    }

    /** What the program had subscribed to before it asked to publish is asked for before that in each session (C-71). */
    private void checkRestored(ClientMessage message) {
        for (Listening listening : listenings) {
            if (listening.isActive() && world.nowNs() - listening.activeNs > Beat.HELD_NS
                    && sent(listening).stream().noneMatch(refused::contains)
                    && !of(requested, message.clientId()).containsAll(sent(listening))) {
                world.fail("A message is published in %s, and %s was not asked for before.".formatted(
                        message.clientId(), listening));
            }
        }
    }

    /**
     * Whether the client certainly accepts an acceptance that arrives now; an abandoned request may be repeated (C-47, C-85).
     */
    private boolean isAwaited(Ask request) {
        return request.untilNs - world.nowNs() > Beat.HELD_NS;
    }

    private static Set<String> of(Map<String, Set<String>> all, @Nullable String key) {
        return all.computeIfAbsent(String.valueOf(key), any -> new HashSet<>());
    }

    /** An extension has held back the request for a subscription: the client asks again after a backoff. */
    void heldBack(String heldSession, String subscription) {
        of(requested, heldSession).add(subscription);
        of(answered, heldSession).add(subscription);
        // Whatever the server has accepted before, as the client restored the subscription once more.
        of(accepted, heldSession).remove(subscription);
    }

    /** What the server has accepted before ends only if the server refuses it; nothing else is a reason (C-72). */
    void heard(ClientEvent event) {
        if (event instanceof ClientEvent.AttemptFailed(var cause) && cause instanceof SubscribeException lost) {
            // The client does not take an answer that comes later, and asks again.
            asked.values().removeIf(ask -> lost.channel().equals(ask.message.subscription()));
        }
        if (event instanceof ClientEvent.SubscriptionRejected(var subscription, var cause)
                && subscription.channels().stream().noneMatch(refused::contains)) {
            world.fail("%s is rejected, and the server has not refused it: %s".formatted(subscription,
                    cause.getMessage()));
        }
    }

    void shown(ConnectionStatus status) {
        if (status == ConnectionStatus.CONNECTED && lastStatus != ConnectionStatus.CONNECTED) {
            connectedSession = session.get();
            for (Listening listening : listenings) {
                if (listening.isActive() && !of(answered, connectedSession).containsAll(sent(listening))) {
                    world.fail("CONNECTED is shown, and %s was not restored in %s.".formatted(listening,
                            connectedSession));
                }
            }
        }
        lastStatus = status;
    }

    /** Services are not subscribed to (C-69). */
    private static List<String> sent(Listening listening) {
        return listening.channels.stream().filter(channel -> !channel.startsWith("/service/")).toList();
    }
}
