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

/**
 * The last things that a server has heard, said and done, a line for each, for the reader of a test that has failed.
 * Client ids are numbers here, and what a handshake's {@code ext} brings is left out. Guarded by
 * {@link Guard}.
 */
final class Conversation {

    private static final int LINES = 40;
    private static final int WIDTH = 300;

    private final long startNs = System.nanoTime();
    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<String, Integer> sessions = new HashMap<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    void heard(JsonObject message) {
        add("%s -> %s".formatted(name(message.getString("clientId", "")), text(message)));
    }

    void said(String clientId, List<JsonValue> messages, String fate) {
        for (JsonValue message : messages) {
            add("%s <- %s%s".formatted(name(clientId),
                    message instanceof JsonObject object ? text(object) : message.toString(), fate));
        }
    }

    void did(String what) {
        add("the server " + what);
    }

    private void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        String cut = line.length() > WIDTH ? line.substring(0, WIDTH) + "..." : line;
        lines.add(String.format(Locale.ROOT, "%8.3f s  %s", (System.nanoTime() - startNs) / 1e9, cut));
    }

    private String name(String clientId) {
        return clientId.isEmpty()
                ? "no session"
                : "session " + sessions.computeIfAbsent(clientId, id -> sessions.size() + 1);
    }

    private static String text(JsonObject message) {
        String channel = message.getString("channel", "no channel");
        JsonObjectBuilder shown = Json.createObjectBuilder(message).remove("channel").remove("clientId");
        if (channel.equals(Channels.HANDSHAKE) && message.containsKey("ext")) {
            shown.add("ext", "...");
        }
        return channel + " " + shown.build();
    }
}
