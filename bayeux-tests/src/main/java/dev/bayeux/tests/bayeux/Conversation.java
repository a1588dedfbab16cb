package dev.bayeux.tests.bayeux;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last things that a server has heard, said and done, a line for each, for the reader of a test that has failed.
 * Client ids are numbers here, and what a handshake's {@code ext} brings is left out. Guarded by
 * {@link Guard}.
 */
final class Conversation {

    private static final int LINES = 40;
    private static final int WIDTH = 300;

    private final long startNs = System.nanoTime();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Integer> sessions = new HashMap<>();

    /** Formatted only when it is read, which is rare. */
    private record Entry(long nanos, String before, @Nullable JsonValue message, String behind) {

        String line() {
            String text = message == null ? "" : text(message);
            String cut = text.length() > WIDTH ? text.substring(0, WIDTH) + "..." : text;
            return String.format(Locale.ROOT, "%8.3f s  %s%s%s", nanos / 1e9, before, cut, behind);
        }
    }

    List<String> lines() {
        return entries.stream().map(Entry::line).toList();
    }

    void heard(JsonObject message) {
        add(name(message.getString("clientId", "")) + " -> ", message, "");
    }

    void said(String clientId, List<JsonValue> messages, String fate) {
        messages.forEach(message -> add(name(clientId) + " <- ", message, fate));
    }

    void did(String what) {
        add("the server " + what, null, "");
    }

    private void add(String before, @Nullable JsonValue message, String behind) {
        if (entries.size() == LINES) {
            entries.removeFirst();
        }
        entries.add(new Entry(System.nanoTime() - startNs, before, message, behind));
    }

    private String name(String clientId) {
        return clientId.isEmpty()
                ? "no session"
                : "session " + sessions.computeIfAbsent(clientId, id -> sessions.size() + 1);
    }

    private static String text(JsonValue value) {
        if (!(value instanceof JsonObject message)) {
            return value.toString();
        }
        String channel = message.getString("channel", "no channel");
        JsonObjectBuilder shown = Json.createObjectBuilder(message).remove("channel").remove("clientId");
        if (channel.equals(Channels.HANDSHAKE) && message.containsKey("ext")) {
            shown.add("ext", "...");
        }
        return channel + " " + shown.build();
    }
}
