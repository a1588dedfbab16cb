package dev.bayeux.cli.probe;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects deviations of a server from the protocol and from most servers, and other facts that matter to clients. */
final class Oddities {

    private static final long PROXY_TIMEOUT_MS = 60_000;
    private static final int SHORT_ID = 16;

    private final List<String> found = new ArrayList<>();

    List<String> found() {
        return List.copyOf(found);
    }

    void add(String text) {
        if (!found.contains(text)) {
            found.add(text);
        }
    }

    /** Checks whether the server's certificate has expired at a time, or expires soon after that time. */
    void certificate(Instant end, Instant now, Duration near) {
        if (!end.isAfter(now)) {
            add("the server's certificate has expired (%s)".formatted(end));
        } else if (!end.isAfter(now.plus(near))) {
            add("the server's certificate expires in %d days (%s)".formatted(Duration.between(now, end).toDays(), end));
        }
    }

    /** Checks the reply to the handshake. */
    void handshake(JsonObject reply) {
        if (!(reply.get("version") instanceof JsonString version)) {
            add("the handshake names no version of the protocol");
        } else if (!version.getString().equals("1.0")) {
            add("the version of the protocol is %s, not 1.0".formatted(version.getString()));
        }
        if (!(reply.get("supportedConnectionTypes") instanceof JsonArray types)) {
            add("the handshake names no connection types");
        } else if (types.stream().noneMatch(type -> type instanceof JsonString text
                && text.getString().equals("long-polling"))) {
            add("long-polling is not among the connection types, which the protocol demands");
        }
        if (!(reply.get("clientId") instanceof JsonString id)) {
            add("the client id is not a text");
        } else if (id.getString().length() < SHORT_ID) {
            add("the client id is short (%d characters): others could guess it".formatted(id.getString().length()));
        }
        if (!reply.containsKey("advice")) {
            add("the handshake gives no advice");
        }
        reply("handshake", reply);
    }

    /** Checks the reply to the first connect request. */
    void connect(JsonObject reply, Duration time, boolean askedForNoWait) {
        if (askedForNoWait && time.toMillis() > 1000) {
            add("the first connect was held for %d ms though it asked not to be".formatted(time.toMillis()));
        }
        if (reply.containsKey("clientId")) {
            add("replies to connects repeat the client id, which is a secret");
        }
        reply("connect", reply);
    }

    private void reply(String what, JsonObject reply) {
        if (!(reply.get("id") instanceof JsonString)) {
            add(reply.containsKey("id")
                    ? "the reply to the %s has an id that is not a text".formatted(what)
                    : "the reply to the %s does not repeat the id".formatted(what));
        }
        if (reply.get("successful") instanceof JsonString) {
            add("\"successful\" is a text in the reply to the %s".formatted(what));
        }
        if (reply.get("advice") instanceof JsonObject advice) {
            advice(what, advice);
        } else if (reply.containsKey("advice")) {
            add("the advice of the %s is not an object".formatted(what));
        }
    }

    private void advice(String what, JsonObject advice) {
        for (String name : List.of("interval", "timeout", "maxInterval")) {
            if (advice.containsKey(name) && !(advice.get(name) instanceof JsonNumber)) {
                add("advice.%s of the %s is not a number".formatted(name, what));
            }
        }
        if (advice.get("reconnect") instanceof JsonString reconnect
                && !Set.of("retry", "handshake", "none").contains(reconnect.getString())) {
            add("advice.reconnect of the %s is \"%s\"".formatted(what, reconnect.getString()));
        }
        if (advice.get("timeout") instanceof JsonNumber timeout && timeout.longValue() >= PROXY_TIMEOUT_MS) {
            add("connects are held for %d s, longer than many proxies wait".formatted(timeout.longValue() / 1000));
        }
        if (advice.get("interval") instanceof JsonNumber interval && interval.longValue() > 0) {
            add("the server wants %d ms between connects: messages may arrive later by that time"
                    .formatted(interval.longValue()));
        }
        if (JsonValue.TRUE.equals(advice.get("multiple-clients"))) {
            add("the server says that another client has the same cookie");
        }
    }

    /** Checks the content type and the cookies. */
    void http(URI uri, ResponseHeaders headers) {
        String type = headers.header("Content-Type");
        if (!type.isEmpty() && !type.startsWith("application/json")) {
            add("the content type of replies is %s, not application/json".formatted(type));
        }
        headers.cookies().forEach((name, attributes) -> {
            if ("https".equalsIgnoreCase(uri.getScheme())
                    && attributes.stream().noneMatch(each -> each.equalsIgnoreCase("Secure"))) {
                add("the cookie %s is not marked Secure".formatted(name));
            }
        });
    }
}
