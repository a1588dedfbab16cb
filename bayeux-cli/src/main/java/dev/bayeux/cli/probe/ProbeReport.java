package dev.bayeux.cli.probe;

import dev.bayeux.cli.console.Explanation;
import dev.bayeux.cli.console.Palette;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The findings about a server. {@link Probe} fills them in. */
public final class ProbeReport {

    private static final List<String> STEPS = List.of("handshakeMs", "connectMs", "subscribeMs", "publishMs",
            "deliveryMs", "disconnectMs", "webSocketConnectMs");

    private final Map<String, JsonValue> facts = new LinkedHashMap<>();
    private final Map<String, JsonValue> times = new TreeMap<>(Comparator.comparingInt(STEPS::indexOf));
    private final Map<String, JsonValue> refused = new LinkedHashMap<>();

    ProbeReport(String server) {
        facts.put("server", Json.createValue(server));
        facts.put("looksLike", Json.createValue("unknown"));
    }

    void handshake(JsonObject reply) {
        for (String name : List.of("version", "minimumVersion")) {
            if (reply.containsKey(name)) {
                facts.put(name, reply.get(name));
            }
        }
        facts.put("connectionTypes", reply.getOrDefault("supportedConnectionTypes", JsonValue.EMPTY_JSON_ARRAY));
        // The names alone, because the values may be secrets of this client.
        facts.put("extensions", Json.createArrayBuilder(
                reply.get("ext") instanceof JsonObject ext ? ext.keySet() : List.<String>of()).build());
        facts.put("advice", reply.getOrDefault("advice", JsonValue.EMPTY_JSON_OBJECT));
        facts.put("looksLike", Json.createValue(kind(reply)));
    }

    /** Adds the advice of the first connect reply if the handshake gave none, as with some servers. */
    void connect(JsonObject reply) {
        if (reply.containsKey("advice") && JsonValue.EMPTY_JSON_OBJECT.equals(facts.get("advice"))) {
            facts.put("advice", reply.get("advice"));
        }
    }

    private static String kind(JsonObject reply) {
        String text = reply.toString();
        if (text.contains("payload.format") || text.contains("\"replay\"") && text.contains("sfdc")) {
            return "Salesforce";
        }
        if (text.contains("cross-origin-long-polling") || text.contains("\"eventsource\"")
                || text.contains("\"in-process\"")) {
            return "Faye";
        }
        return "unknown";
    }

    void time(String what, Duration time) {
        times.put(what + "Ms",
                Json.createValue(BigDecimal.valueOf(time.toNanos(), 6).setScale(1, RoundingMode.HALF_UP)));
    }

    void certificate(Instant end) {
        facts.put("certificateEnds", Json.createValue(end.toString()));
    }

    void refused(String what, String why) {
        refused.put(what, Json.createValue(why));
    }

    void webSocket(boolean works, String why) {
        var found = Json.createObjectBuilder().add("works", works);
        if (!works) {
            found.add("why", why);
        }
        facts.put("webSocket", found.build());
    }

    boolean offers(String connectionType) {
        return facts.get("connectionTypes") instanceof JsonArray types
                && types.contains(Json.createValue(connectionType));
    }

    void finish(ResponseHeaders headers, List<String> oddities) {
        if (headers.hasCookie("BAYEUX_BROWSER")) {
            facts.put("looksLike", Json.createValue("CometD"));
        }
        if (!headers.header("Server").isEmpty()) {
            facts.put("httpServer", Json.createValue(headers.header("Server")));
        }
        facts.put("cookies", headers.asJson().build());
        facts.put("timings", object(times));
        if (!refused.isEmpty()) {
            facts.put("refused", object(refused));
        }
        facts.put("odd", Json.createArrayBuilder(oddities).build());
    }

    /** {@return whether something is odd} */
    public boolean isOdd() {
        return facts.get("odd") instanceof JsonArray odd && !odd.isEmpty();
    }

    /** {@return the report as JSON} */
    public JsonObject asJson() {
        return object(facts);
    }

    private static JsonObject object(Map<String, JsonValue> members) {
        var builder = Json.createObjectBuilder();
        members.forEach(builder::add);
        return builder.build();
    }

    /**
     * {@return the report for people}
     *
     * @param palette the colours
     */
    public String forPeople(Palette palette) {
        List<String> lines = new ArrayList<>();
        facts.forEach((name, value) -> {
            if (!name.equals("odd")) {
                lines.add("%s %s".formatted(palette.heading("%-16s".formatted(label(name))), shown(name, value)));
            }
        });
        List<JsonString> odd = facts.get("odd") instanceof JsonArray array
                ? array.getValuesAs(JsonString.class)
                : List.of();
        if (odd.isEmpty()) {
            lines.add(palette.good("Nothing is odd about it."));
        } else {
            lines.add(palette.warning("What is odd about it:"));
            odd.forEach(each -> lines.add("  - " + Explanation.visible(each.getString())));
        }
        return String.join("\n", lines);
    }

    private static String label(String name) {
        return switch (name) {
            case "looksLike" -> "looks like";
            case "minimumVersion" -> "minimum version";
            case "connectionTypes" -> "connection types";
            case "httpServer" -> "HTTP server";
            case "webSocket" -> "WebSocket";
            case "certificateEnds" -> "certificate ends";
            default -> name;
        };
    }

    private static String shown(String name, JsonValue value) {
        String text = switch (value) {
            case JsonString string -> string.getString();
            case JsonArray array -> array.isEmpty()
                    ? "none"
                    : array.stream().map(each -> name.equals("cookies") ? cookie(each.asJsonObject()) : shown("", each))
                            .collect(Collectors.joining(", "));
            case JsonObject object -> switch (name) {
                case "webSocket" -> object.getBoolean("works") ? "works" : "does not work: " + object.getString("why");
                case "timings" -> object.entrySet().stream()
                        .map(each -> "%s %s ms".formatted(each.getKey().replaceFirst("Ms$", ""), each.getValue()))
                        .collect(Collectors.joining(", "));
                case "" -> object.toString();
                default -> object.isEmpty()
                        ? "none"
                        : object.entrySet().stream().map(each -> each.getKey() + " " + shown("", each.getValue()))
                                .collect(Collectors.joining(", "));
            };
            default -> value.toString();
        };
        return Explanation.visible(text);
    }

    /**
     * Writes a cookie as {@link ResponseHeaders} describes it. JSON of a server may have any form, so it is never
     * passed to this method.
     */
    private static String cookie(JsonObject cookie) {
        return "%s (%s)".formatted(cookie.getString("name"),
                shown("", cookie.getOrDefault("attributes", JsonValue.NULL)));
    }
}
