package dev.bayeux.core;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were sent beside the heartbeat and have no answer yet, by id; answers are found by id and channel
 * (C-40, C-42), never by their place. Guarded by the session's lock.
 */
final class PendingReplies {

    /** Servers that answer by id do so on every service; more than this many are not remembered. */
    private static final int REMEMBERED_SERVICES = 1024;

    private final Map<String, Request> byId = new LinkedHashMap<>();
    private final Map<String, LinkedHashSet<Request>> callsByChannel = new LinkedHashMap<>();
    private final Set<String> answersById = new HashSet<>();
    private int publishes;

    void add(Request request) {
        if (byId.put(request.id(), request) == null && request.isPublished()) {
            publishes++;
        }
        if (request.kind() == Kind.CALL) {
            callsByChannel.computeIfAbsent(request.channel(), channel -> new LinkedHashSet<>()).add(request);
        }
    }

    void remove(Request request) {
        if (byId.remove(request.id(), request) && request.isPublished()) {
            publishes--;
        }
        LinkedHashSet<Request> calls = callsByChannel.get(request.channel());
        if (calls != null && calls.remove(request) && calls.isEmpty()) {
            callsByChannel.remove(request.channel());
        }
    }

    /** Finds what a reply answers, and forgets it, but for a call that is accepted: its answer is still to come (C-60). */
    @Nullable
    Request takeFor(IncomingMessage reply, @Nullable Exchange exchange) {
        Request request = find(reply, exchange);
        if (request != null && (request.kind() != Kind.CALL || !reply.isSuccessful())) {
            remove(request);
        }
        return request;
    }

    private @Nullable Request find(IncomingMessage reply, @Nullable Exchange exchange) {
        if (reply.id() != null) {
            Request request = byId.get(reply.id());
            return request != null && request.channel().equals(reply.channel()) ? request : null;
        }
        // A server that leaves ids out can only be understood within one request and its response (C-45).
        return exchange == null
                ? null
                : exchange.requests().stream().filter(request -> byId.get(request.id()) == request)
                        .filter(request -> request.matchesWithoutId(reply)).findFirst().orElse(null);
    }

    /**
     * Finds the call that a delivery answers: by id or, if the delivery has none and the server has never answered by id
     * on that channel, the oldest one (C-59 to C-61). One with another id is a late answer to a call that was given up.
     */
    @Nullable
    Request takeCallFor(IncomingMessage delivery) {
        LinkedHashSet<Request> calls = callsByChannel.get(delivery.channel());
        if (calls == null) {
            return null;
        }
        Request byOwnId = delivery.id() == null ? null : byId.get(delivery.id());
        if (byOwnId != null && calls.contains(byOwnId)) {
            if (answersById.size() < REMEMBERED_SERVICES) {
                answersById.add(byOwnId.channel());
            }
            remove(byOwnId);
            return byOwnId;
        }
        if (delivery.id() != null || answersById.contains(String.valueOf(delivery.channel()))) {
            return null;
        }
        Request oldest = calls.getFirst();
        remove(oldest);
        return oldest;
    }

    int size() {
        return byId.size();
    }

    /** Whether the program waits for something in here. */
    boolean hasPublishes() {
        return publishes > 0;
    }

    /** Whether a message is the answer to a request, by its id. */
    boolean isAnsweredBy(IncomingMessage message) {
        Request request = message.id() == null ? null : byId.get(message.id());
        return request != null && request.channel().equals(message.channel());
    }

    /** Whether a request still waits. */
    boolean contains(Request request) {
        return byId.get(request.id()) == request;
    }

    /** Forgets all; whoever waits for one is told why. */
    void failAll(BayeuxException cause) {
        List<Request> all = List.copyOf(byId.values());
        byId.clear();
        publishes = 0;
        callsByChannel.clear();
        all.stream().filter(Request::isPublished)
                .forEach(request -> request.reply().completeExceptionally(Outcomes.failed(request, cause)));
    }
}
