package dev.bayeux.tests.bayeux;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sessions, subscriptions and what becomes of messages. Guarded by the lock of its {@link ScriptedBayeux}. */
final class BayeuxLogic {

    private static final String COOKIE = "BAYEUX_BROWSER";
    static final String SUBSCRIBE_DENIED = "403:denied_by_security_policy:subscribe_denied";
    static final String PUBLISH_DENIED = "403:denied_by_security_policy:publish_denied";

    private final Guard guard;
    private final Hooks hooks;
    private final Conversation conversation;
    private final Map<String, BayeuxSession> sessions = new LinkedHashMap<>();
    private int mostConnectsAtOnce;

    BayeuxLogic(Guard guard, Hooks hooks, Conversation conversation) {
        this.guard = guard;
        this.hooks = hooks;
        this.conversation = conversation;
    }

    /** What one request needs while its messages are processed. */
    private static final class Exchange {

        final String cookie;
        final boolean overSocket;
        final boolean alone;
        final List<JsonValue> replies = new ArrayList<>();
        @Nullable
        BayeuxSession session;
        String newCookie = "";
        @Nullable
        JsonObject held;

        Exchange(String cookie, boolean overSocket, boolean alone) {
            this.cookie = cookie;
            this.overSocket = overSocket;
            this.alone = alone;
        }
    }

    List<BayeuxSession> sessions() {
        return List.copyOf(sessions.values());
    }

    int mostConnectsAtOnce() {
        return mostConnectsAtOnce;
    }

    /** Processes the messages of one request, and says which of them it has accepted. */
    Answer process(ReceivedRequest request, List<JsonObject> messages, Set<JsonObject> accepted,
            Function<Reply, Answer> last) {
        Exchange exchange = new Exchange(browser(request.headers("Cookie")), request.isSocketMessage(),
                messages.size() == 1);
        for (JsonObject message : messages) {
            int before = exchange.replies.size();
            process(message, exchange);
            List<JsonValue> replies = exchange.replies.subList(before, exchange.replies.size());
            if (replies.stream().noneMatch(BayeuxLogic::isRefusal)) {
                accepted.add(message);
            }
        }
        BayeuxSession session = exchange.session;
        JsonObject connect = exchange.held;
        if (connect != null && session != null && !session.hasWaiting()) {
            return hold(request, session, connect, last);
        }
        if (connect != null) {
            exchange.replies.add(connect);
        }
        return answer(session, exchange.replies, exchange.newCookie, last);
    }

    private static boolean isRefusal(JsonValue reply) {
        return reply instanceof JsonObject object && JsonValue.FALSE.equals(object.get("successful"));
    }

    void deliver(BayeuxSession session, JsonValue message) {
        session.add(message);
        release(session, reply -> reply);
    }

    /** Answers the held connect, with what is waiting, after a last change to its reply. */
    void release(BayeuxSession session, UnaryOperator<JsonObject> change) {
        JsonObject connect = session.heldReply();
        Function<Reply, Answer> last = session.heldLast();
        Held held = session.takeHeld();
        if (held != null) {
            held.release(answer(session, List.of(change.apply(connect)), "", last));
        }
    }

    /** How many sessions get it. */
    int publish(String channel, JsonValue data, @Nullable BayeuxSession from) {
        int wanted = 0;
        for (BayeuxSession session : sessions()) {
            if (!session.wants(channel)) {
                continue;
            }
            wanted++;
            if (session == from) {
                // It gets its copy with the answer to the request that is processed now.
                session.add(Replies.delivery(channel, data));
            } else {
                deliver(session, Replies.delivery(channel, data));
            }
        }
        return wanted;
    }

    void remove(BayeuxSession session) {
        sessions.remove(session.clientId);
    }

    private void process(JsonObject message, Exchange exchange) {
        String channel = message.getString("channel", "");
        BayeuxSession session = find(message, exchange);
        String template = hooks.next(channel).templates.poll();
        if (template != null) {
            JsonObject known = message;
            if (channel.equals(Channels.HANDSHAKE) && template.contains("${clientId}")) {
                known = Replies.handshake(message, open(exchange).clientId, List.of(), "");
            }
            exchange.replies.addAll(Templates.fill(template, known));
            return;
        }
        JsonObject reply = reply(channel, message, session, exchange);
        String patch = hooks.next(channel).patches.poll();
        if (patch != null) {
            reply = Templates.patch(reply, patch);
        }
        if (patch == null && session != null && channel.equals(Channels.CONNECT) && isHeld(message, exchange)) {
            exchange.held = reply;
        } else {
            exchange.replies.add(reply);
        }
    }

    private JsonObject reply(String channel, JsonObject message, @Nullable BayeuxSession session, Exchange exchange) {
        if (channel.equals(Channels.HANDSHAKE)) {
            return Replies.handshake(message, open(exchange).clientId, hooks.connectionTypes, hooks.advice);
        }
        if (session == null) {
            return Replies.unknownSession(message, hooks.unknownSession);
        }
        return switch (channel) {
            case Channels.CONNECT -> connect(message, session, exchange.overSocket);
            case Channels.SUBSCRIBE -> subscribe(message, session);
            case Channels.UNSUBSCRIBE -> {
                session.subscriptions.removeAll(subscriptions(message));
                yield Replies.subscribed(message, null);
            }
            case Channels.DISCONNECT -> {
                release(session, Replies::withEndAdvice);
                remove(session);
                yield Replies.success(message);
            }
            default -> event(channel, message, session);
        };
    }

    private JsonObject connect(JsonObject message, BayeuxSession session, boolean overSocket) {
        mostConnectsAtOnce = Math.max(mostConnectsAtOnce, session.holds() ? 2 : 1);
        Held other = session.takeHeld();
        if (other != null) {
            // As CometD does it: over a WebSocket the older connect is never answered, and the socket stays open.
            other.release(overSocket ? Answer.frames() : Answer.status(500));
        }
        JsonObject reply = Replies.success(message);
        // Like CometD: advice only for connects that carry advice.
        return message.containsKey("advice") && !hooks.advice.isEmpty()
                ? Replies.withAdvice(reply, Templates.parse(hooks.advice))
                : reply;
    }

    private JsonObject subscribe(JsonObject message, BayeuxSession session) {
        for (String subscription : subscriptions(message)) {
            String refusal = subscription.startsWith("/meta/")
                    ? SUBSCRIBE_DENIED
                    : hooks.refusals.ofSubscribe(subscription);
            if (refusal != null) {
                return Replies.subscribed(message, refusal);
            }
            session.subscriptions.add(subscription);
        }
        return Replies.subscribed(message, null);
    }

    private JsonObject event(String channel, JsonObject message, BayeuxSession session) {
        if (channel.isEmpty() || !message.containsKey("data")) {
            return Replies.failure(message, "400::data_missing");
        }
        String refusal = channel.startsWith("/meta/") ? PUBLISH_DENIED : hooks.refusals.ofPublish(channel);
        if (refusal != null) {
            return Replies.failure(message, refusal);
        }
        UnaryOperator<JsonValue> service = hooks.services.get(channel);
        if (service != null) {
            session.add(Replies.answer(message, service.apply(message.get("data"))));
        } else if (channel.equals("/service/echo")) {
            session.add(Replies.delivery(channel, message.get("data")));
        } else if (!channel.startsWith("/service/")) {
            publish(channel, message.get("data"), session);
        }
        return Replies.success(message);
    }

    private BayeuxSession open(Exchange exchange) {
        String clientId = UUID.randomUUID().toString().replace("-", "");
        exchange.newCookie = exchange.cookie.isEmpty() ? UUID.randomUUID().toString().replace("-", "") : "";
        BayeuxSession session = new BayeuxSession(clientId, exchange.cookie + exchange.newCookie);
        sessions.put(clientId, session);
        exchange.session = session;
        return session;
    }

    private @Nullable BayeuxSession find(JsonObject message, Exchange exchange) {
        BayeuxSession session = sessions.get(message.getString("clientId", ""));
        // A socket had its cookies when it was opened, and a session there gets none.
        if (session != null && hooks.cookies && !exchange.overSocket && !session.cookie.equals(exchange.cookie)) {
            return null;
        }
        if (session != null) {
            exchange.session = session;
        }
        return session;
    }

    private static boolean isHeld(JsonObject connect, Exchange exchange) {
        JsonValue advice = connect.get("advice");
        return exchange.alone && !(advice instanceof JsonObject object && object.getInt("timeout", 1) == 0);
    }

    private Answer hold(ReceivedRequest request, BayeuxSession session, JsonObject connect,
            Function<Reply, Answer> last) {
        Held[] self = new Held[1];
        Held held = Held.atMost(hooks.hold, () -> guard.locked(() -> {
            if (session.isHolding(self[0])) {
                session.takeHeld();
                return answer(session, List.of(connect), "", last);
            }
            // Another thread was faster; this answer is not sent.
            return Answer.drop();
        }));
        self[0] = held;
        held.whenAbandoned(() -> guard.locked(() -> session.isHolding(held) ? session.takeHeld() : null));
        session.hold(held, connect, last);
        // Here, and not only when the server has this answer: a delivery must not be given to a connection that has ended.
        held.answers(request);
        guard.changed();
        return held;
    }

    /** As CometD orders it: first deliveries, then replies. */
    private Answer answer(@Nullable BayeuxSession session, List<JsonValue> replies, String newCookie,
            Function<Reply, Answer> last) {
        List<JsonValue> all = new ArrayList<>(session == null ? List.of() : session.takeWaiting());
        all.addAll(replies);
        List<JsonValue> tweaked = hooks.tweak.tweak(all);
        Reply reply = Answer
                .json(tweaked.stream().map(JsonValue::toString).collect(Collectors.joining(",", "[", "]")));
        if (hooks.cookies && !newCookie.isEmpty()) {
            reply = reply.header("Set-Cookie", "%s=%s; Path=/; HttpOnly".formatted(COOKIE, newCookie));
        }
        Answer sent = last.apply(reply);
        conversation.said(session == null ? "" : session.clientId, tweaked,
                sent == reply ? "" : " (not sent as it is)");
        return sent;
    }

    private static String browser(List<String> cookies) {
        for (String header : cookies) {
            for (String cookie : header.split(";")) {
                if (cookie.strip().startsWith(COOKIE + "=")) {
                    return cookie.strip().substring(COOKIE.length() + 1);
                }
            }
        }
        return "";
    }

    private static List<String> subscriptions(JsonObject message) {
        return switch (message.get("subscription")) {
            case JsonString one -> List.of(one.getString());
            case JsonArray several -> several.getValuesAs(JsonString::getString);
            case null, default -> List.of();
        };
    }
}
