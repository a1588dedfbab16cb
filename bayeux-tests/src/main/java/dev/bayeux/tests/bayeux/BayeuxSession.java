package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the server knows of one client. Guarded by the lock of its {@link ScriptedBayeux}. */
final class BayeuxSession {

    final String clientId;
    final String cookie;
    final Set<String> subscriptions = new LinkedHashSet<>();
    private final List<JsonValue> waiting = new ArrayList<>();
    private @Nullable Held heldConnect;
    private @Nullable JsonObject heldReply;
    private Function<Reply, Answer> heldLast = reply -> reply;

    BayeuxSession(String clientId, String cookie) {
        this.clientId = clientId;
        this.cookie = cookie;
    }

    boolean wants(String channel) {
        return subscriptions.stream().anyMatch(each -> Channels.matches(each, channel));
    }

    void add(JsonValue delivery) {
        waiting.add(delivery);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    List<JsonValue> takeWaiting() {
        List<JsonValue> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    void hold(Held connect, JsonObject reply, Function<Reply, Answer> last) {
        heldConnect = connect;
        heldReply = reply;
        heldLast = last;
    }

    boolean holds() {
        return heldConnect != null;
    }

    /** The held connect, which is held no more; {@code null} if there is none. */
    @Nullable
    Held takeHeld() {
        Held taken = heldConnect;
        heldConnect = null;
        return taken;
    }

    /** The reply that the connect held last gets when nothing else happens. */
    JsonObject heldReply() {
        return heldReply == null ? JsonValue.EMPTY_JSON_OBJECT : heldReply;
    }

    /** What becomes of the response to the connect held last. */
    Function<Reply, Answer> heldLast() {
        return heldLast;
    }

    boolean isHolding(Held connect) {
        return heldConnect == connect;
    }
}
