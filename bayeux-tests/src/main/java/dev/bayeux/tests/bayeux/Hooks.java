package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The changes of a test to a {@link ScriptedBayeux}. Safe for concurrent use. */
final class Hooks {

    private final Map<String, NextMessages> next = new ConcurrentHashMap<>();
    final Refusals refusals = new Refusals();
    /** What calls of service channels are answered with. */
    final Map<String, UnaryOperator<JsonValue>> services = new ConcurrentHashMap<>();
    /** Decides about whole requests before their messages are looked at; {@code null} lets them through. */
    volatile Function<ReceivedRequest, @Nullable Answer> gate = request -> null;
    volatile String unknownSession = "402::session_unknown";
    volatile ReplyTweak tweak = ReplyTweak.none();
    volatile Duration hold = Duration.ofSeconds(30);
    volatile String advice = "{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000}";
    volatile List<String> connectionTypes = List.of("websocket", "long-polling", "callback-polling");
    volatile boolean cookies = true;

    NextMessages next(String channel) {
        return next.computeIfAbsent(channel, name -> new NextMessages());
    }

    /** What is there for any of the messages: the first. */
    <T> @Nullable T poll(List<JsonObject> messages, Function<NextMessages, Queue<T>> kind) {
        for (JsonObject message : messages) {
            T found = kind.apply(next(message.getString("channel", ""))).poll();
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
