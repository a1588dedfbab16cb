package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.Responder;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What happens to a request, until its messages are processed, and after. */
final class Reception implements Responder {

    private final Guard guard;
    private final Hooks hooks;
    private final BayeuxLogic logic;
    private final MessageLog log;
    private final Conversation conversation;

    Reception(Guard guard, Hooks hooks, BayeuxLogic logic, MessageLog log, Conversation conversation) {
        this.guard = guard;
        this.hooks = hooks;
        this.logic = logic;
        this.log = log;
        this.conversation = conversation;
    }

    @Override
    public Answer answer(ReceivedRequest request) {
        Answer stopped = hooks.gate.apply(request);
        if (stopped != null) {
            return stopped;
        }
        List<JsonObject> messages;
        try {
            JsonValue body = request.json();
            messages = body instanceof JsonArray array
                    ? array.getValuesAs(JsonObject.class)
                    : List.of(body.asJsonObject());
        } catch (JsonException | ClassCastException notBayeux) {
            return Answer.status(400);
        }
        return guard.locked(() -> {
            messages.forEach(conversation::heard);
            Set<JsonObject> accepted = Collections.newSetFromMap(new IdentityHashMap<>());
            Answer answer = answer(request, messages, accepted);
            // Last, so that a test that has seen a message knows that what was planned for it is used up.
            messages.forEach(
                    message -> log.add(new ReceivedMessage(request.number(), request.nanoTime(), message),
                            accepted.contains(message)));
            guard.changed();
            return answer;
        });
    }

    private Answer answer(ReceivedRequest request, List<JsonObject> messages, Set<JsonObject> accepted) {
        Answer unprocessed = hooks.poll(messages, next -> next.answers);
        if (unprocessed != null) {
            conversation.did("gave another answer: " + unprocessed.getClass().getSimpleName());
            return unprocessed;
        }
        boolean handshake = messages.stream()
                .anyMatch(message -> Channels.HANDSHAKE.equals(message.getString("channel", "")));
        if (messages.isEmpty() || handshake && messages.size() > 1) {
            // CometD's answer to a request that is empty or has a handshake among others.
            return Answer.status(500);
        }
        Function<Reply, Answer> change = hooks.poll(messages, next -> next.changes);
        return logic.process(request, messages, accepted, change == null ? reply -> reply : change);
    }
}
