package dev.bayeux.core.protocol;

import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were sent and have no reply yet, by id. A reply is matched by id and channel
 * (C-40, C-42), never by its place. Handshakes and connects are not among them.
 */
final class ReplyMatcher {

    private final Map<String, Request> byId = new LinkedHashMap<>();
    private final CallAnswers calls = new CallAnswers();
    /** The calls that the server has accepted and not answered yet. */
    private final Set<Request> accepted = new HashSet<>();
    /** The other calls of batches that have ended since they were written, oldest first. */
    private final Map<Request, Exchange> unconfirmed = new LinkedHashMap<>();
    private boolean idSeen;
    private int publishes;

    void add(Request request) {
        if (byId.put(request.id(), request) == null && request.isPublished()) {
            publishes++;
        }
        if (request.kind() == Kind.CALL) {
            calls.add(request);
        }
    }

    void remove(Request request) {
        if (byId.remove(request.id(), request) && request.isPublished()) {
            publishes--;
        }
        accepted.remove(request);
        unconfirmed.remove(request);
        calls.remove(request);
    }

    /** Records that the server has accepted a call (C-60). */
    void accepted(Request call) {
        if (contains(call)) {
            accepted.add(call);
            unconfirmed.remove(call);
        }
    }

    void accepted(Exchange batch) {
        batch.requests().forEach(this::accepted);
    }

    /** Records that a batch has ended although nothing has confirmed its calls: their answers may come with any frame. */
    void endsUnconfirmed(Exchange batch) {
        if (batch.kind() == Kind.CALL && batch.requests().stream().allMatch(each -> each.kind() == Kind.CALL)) {
            batch.requests().stream().filter(each -> contains(each) && !accepted.contains(each))
                    .forEach(each -> unconfirmed.put(each, batch));
        }
    }

    /** Whether all requests of a batch are answered, but for the answers to calls. */
    boolean isAnswered(Exchange batch) {
        List<Request> requests = batch.requests();
        int answered = batch.answered();
        while (answered < requests.size() && !waits(requests.get(answered))) {
            answered++;
        }
        batch.answered(answered);
        return answered == requests.size();
    }

    private boolean waits(Request request) {
        return request.kind() != Kind.CALL && contains(request);
    }

    /** {@return the batches of calls that have ended and that nothing has confirmed, oldest first} */
    List<Exchange> unconfirmed() {
        return unconfirmed.values().stream().distinct().toList();
    }

    /** Notes whether a reply of this server carries an id. */
    void sees(IncomingMessage reply) {
        idSeen |= reply.id() != null;
    }

    /** {@return the calls that wait for answers, and the answers that may still arrive} */
    CallAnswers calls() {
        return calls;
    }

    boolean neverSawId() {
        return !idSeen;
    }

    /**
     * Forgets a request that no caller waits for; its late answer must not be matched to a later call. Returns whether an
     * answer without an id may still arrive for it.
     */
    boolean giveUp(Request request) {
        if (!contains(request)) {
            return false;
        }
        remove(request);
        return request.kind() == Kind.CALL && calls.owes(request);
    }

    /** Finds and forgets the request of a reply; keeps an accepted call, whose answer is still to come (C-60). */
    @Nullable
    Request takeFor(IncomingMessage reply, List<Request> ofExchange) {
        Request request = find(reply, ofExchange);
        if (request != null && (request.kind() != Kind.CALL || !reply.isSuccessful())) {
            remove(request);
        }
        return request;
    }

    private @Nullable Request find(IncomingMessage reply, List<Request> ofExchange) {
        if (reply.id() != null) {
            return requestFor(reply);
        }
        // Without ids, a reply can only be matched within one request and its response (C-45).
        return ofExchange.stream().filter(request -> byId.get(request.id()) == request)
                .filter(request -> request.matchesWithoutId(reply)).findFirst().orElse(null);
    }

    /** Finds and forgets the call that a delivery answers, or those of which it may answer any. */
    CallAnswers.Answered takeCallsFor(IncomingMessage delivery) {
        String channel = String.valueOf(delivery.channel());
        String id = delivery.id();
        if (id == null) {
            return takeCallsWithoutId(channel);
        }
        Request request = requestFor(delivery);
        Request call = request != null && request.kind() == Kind.CALL ? request : null;
        // A publish to a service may be answered as well (C-61).
        if (request != null && channel.startsWith(Fields.SERVICE) || calls.isOwed(channel, id)) {
            calls.showsId(channel);
        }
        if (call == null) {
            return CallAnswers.Answered.NONE;
        }
        remove(call);
        return new CallAnswers.Answered(List.of(call), true);
    }

    /** Finds and forgets the calls that a delivery without an id on this channel answers. */
    CallAnswers.Answered takeCallsWithoutId(String channel) {
        CallAnswers.Answered answered = calls.takeFor(channel);
        // Makes no iterator for nothing: runs for every delivery without an id.
        if (!answered.calls().isEmpty()) {
            answered.calls().forEach(this::remove);
        }
        return answered;
    }

    int size() {
        return byId.size();
    }

    /** Whether a publish or call waits for its reply. */
    boolean hasPublishes() {
        return publishes > 0;
    }

    /** Whether a message is the answer to a request, by its id. */
    boolean isAnsweredBy(IncomingMessage message) {
        return requestFor(message) != null;
    }

    /** {@return the request that waits for this message, by its id; {@code null} if none does} */
    @Nullable
    Request requestFor(IncomingMessage message) {
        Request request = message.id() == null ? null : byId.get(message.id());
        return request != null && request.channel().equals(message.channel()) ? request : null;
    }

    /** Whether a request still waits. */
    boolean contains(Request request) {
        return byId.get(request.id()) == request;
    }

    /** {@return all waiting requests, and forgets them, since their session has ended} */
    List<Request> takeAll() {
        List<Request> all = List.copyOf(byId.values());
        byId.clear();
        publishes = 0;
        calls.sessionEnded();
        accepted.clear();
        unconfirmed.clear();
        return all;
    }
}
