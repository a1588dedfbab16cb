package dev.bayeux.core.simulation;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Bayeux server as the protocol describes it, with the habits of its dialect and the faults of the day. */
final class SimulatedServer {

    static final List<String> CHANNELS = List.of("/news/a", "/news/b", "/news/deep/c", "/chat");
    private static final long TIP = -1;
    static final String SERVICE = "/service/echo";

    private static final long AMNESIA_NS = TimeUnit.MINUTES.toNanos(1);

    private final World world;
    private final Faults faults;
    private final Dialect dialect;
    private final Heart heart;
    private final Map<String, ServerSession> sessions = new LinkedHashMap<>();
    private final List<ServerMessage> kept = new ArrayList<>();
    private final Map<Long, Integer> seen = new HashMap<>();
    private final Map<Long, Integer> unknownSessions = new HashMap<>();
    private final Map<Long, Integer> processed = new HashMap<>();
    private long delivered;
    private long lastSession;
    private @Nullable Long amnesiaUntilNs;
    private boolean guarded;
    private boolean refusesNext;
    private boolean answersNoPublish;
    /** The publish that is refused for a reason that passes; 0 if none is. */
    private long busyWith;

    SimulatedServer(World world, Faults faults, Dialect dialect) {
        this.world = world;
        this.faults = faults;
        this.dialect = dialect;
        this.heart = new Heart(world, faults, dialect, this::forget);
        world.trace.add(world, "server " + dialect);
    }

    /** The next publish is refused. */
    void refuseNextPublish() {
        refusesNext = true;
    }

    /** The publish of this number is refused for a reason that passes, each time. */
    void refuseAsBusy(long number) {
        busyWith = number;
    }

    /** From now on no other publish is answered. */
    void answerNoPublish() {
        answersNoPublish = true;
    }

    /** A proxy before the server checks tokens, so the server refuses no handshake for its credentials. */
    void guarded() {
        guarded = true;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Takes what one request or frame holds. */
    void receive(List<ClientMessage> messages, Line line) {
        List<ServerMessage> replies = new ArrayList<>();
        ServerSession session = null;
        boolean held = false;
        for (ClientMessage message : messages) {
            session = sessions.get(String.valueOf(message.clientId()));
            if (session != null && faults.strikes(Fault.SESSION_FORGOTTEN)) {
                forget(session);
                session = null;
            }
            if (message.isHandshake()) {
                replies.add(lie(handshake(message)));
            } else if (session == null) {
                replies.add(lie(unknown(message)));
            } else if (message.isConnect()) {
                held = heart.connect(session, message, line, replies);
            } else {
                other(session, message, replies, line);
            }
        }
        // Positions need an order, so a server that replays delivers over HTTP in replies to connects only.
        boolean delivers = session != null && !held && !session.acknowledged && !dialect.replays();
        if (!line.isDuplex() && session != null && delivers && sessions.containsKey(session.id)) {
            replies.addAll(dialect.repliesFirst() ? replies.size() : 0, session.takeAll());
        }
        if (!held) {
            line.send(replies);
        }
        if (session != null) {
            heart.flush(session);
        }
    }

    private ServerMessage handshake(ClientMessage message) {
        if (faults.strikes(Fault.HANDSHAKE_REFUSED)) {
            ServerMessage refusal = ServerMessage.reply(message, false);
            return (guarded ? refusal.withError("503::busy") : refusal)
                    .with(world.random.nextInt(10) == 0 ? ServerAdvice.STOP : null);
        }
        boolean ack = dialect.acknowledges() && message.ext("ack") == JsonValue.TRUE;
        ServerSession session = new ServerSession("session" + ++lastSession, ack);
        if (faults.strikes(Fault.AMNESIA)) {
            amnesiaUntilNs = world.nowNs() + AMNESIA_NS;
        }
        if (faults.areOver() || amnesiaUntilNs == null || world.nowNs() > amnesiaUntilNs) {
            sessions.put(session.id, session);
            heart.expireLater(session);
        }
        ServerMessage reply = ServerMessage.reply(message, true).withSession(session.id)
                .with(dialect.tellsAtHandshake() ? dialect.advice() : null);
        boolean replay = dialect.replays() && message.ext("replay") == JsonValue.TRUE;
        return ack || replay ? reply.withExt("{\"ack\":%s,\"replay\":%s}".formatted(ack, replay)) : reply;
    }

    private ServerMessage unknown(ClientMessage message) {
        if (message.isPublish()) {
            unknownSessions.merge(message.number(), 1, Integer::sum);
        }
        boolean advise = message.isConnect() || dialect.advisesEverywhere();
        return ServerMessage.reply(message, false).withError("402::session_unknown")
                .with(advise ? ServerAdvice.NEW_SESSION : null);
    }

    private void other(ServerSession session, ClientMessage message, List<ServerMessage> replies, Line line) {
        switch (message.channel()) {
            case "/meta/subscribe" -> {
                boolean refused = faults.strikes(Fault.SUBSCRIBE_REFUSED);
                if (!refused) {
                    session.subscriptions.add(String.valueOf(message.subscription()));
                    if (!line.isOpen()) {
                        session.late.add(String.valueOf(message.subscription()));
                    }
                    replay(session, message);
                }
                ServerMessage reply = ServerMessage.reply(message, !refused);
                // A reason that passes, or not.
                replies.add(idMayBeMissing(
                        lie(refused && world.random.nextBoolean() ? reply.withError("503::busy") : reply), line));
            }
            case "/meta/unsubscribe" -> {
                session.subscriptions.remove(String.valueOf(message.subscription()));
                session.late.remove(String.valueOf(message.subscription()));
                replies.add(lie(ServerMessage.reply(message, true)));
            }
            case "/meta/disconnect" -> {
                heart.disconnect(session);
                forget(session);
                replies.add(ServerMessage.reply(message, true));
            }
            default -> publish(session, message, replies, line);
        }
    }

    /** Sends again what was sent since the position that the client names. */
    private void replay(ServerSession session, ClientMessage message) {
        String channel = String.valueOf(message.subscription());
        if (dialect.replays() && message.ext("replay") instanceof JsonObject positions
                && positions.get(channel) instanceof JsonNumber position && position.longValue() != TIP) {
            kept.stream().filter(each -> each.channel().equals(channel) && each.number() > position.longValue())
                    .forEach(session::add);
        }
    }

    private void publish(ServerSession session, ClientMessage message, List<ServerMessage> replies, Line line) {
        seen.merge(message.number(), 1, Integer::sum);
        if (busyWith != 0 && busyWith == message.number()) {
            replies.add(ServerMessage.reply(message, false).withError("503::busy"));
            return;
        }
        if (answersNoPublish) {
            return;
        }
        if (refusesNext || faults.strikes(Fault.PUBLISH_REFUSED)) {
            refusesNext = false;
            replies.add(lie(ServerMessage.reply(message, false)));
            return;
        }
        processed.merge(message.number(), 1, Integer::sum);
        boolean service = message.channel().equals(SERVICE);
        if ((!service || dialect.service() != 1) && !faults.strikes(Fault.REPLY_MISSING)) {
            replies.add(idMayBeMissing(lie(ServerMessage.reply(message, true)), line));
        }
        ServerMessage stale = heart.staleReply();
        if (stale != null && faults.strikes(Fault.STALE_REPLY)) {
            if (line.isDuplex() && world.random.nextBoolean()) {
                line.send(List.of(stale));
            } else {
                replies.add(stale);
            }
        }
        if (service) {
            ServerMessage answer = ServerMessage.delivery(SERVICE, 0, message.id(),
                    "{\"echo\":%d}".formatted(message.number()));
            if (dialect.service() == 2) {
                session.add(answer);
            } else {
                replies.add(answer);
            }
        } else {
            event(message.channel());
        }
        if (faults.strikes(Fault.SERVER_DISCONNECT)) {
            heart.endByServer(session);
        }
    }

    /** Over HTTP a missing id can be guessed; over a socket it cannot. */
    private ServerMessage idMayBeMissing(ServerMessage reply, Line line) {
        return !line.isDuplex() && faults.strikes(Fault.ID_MISSING) ? reply.withoutId() : reply;
    }

    private ServerMessage lie(ServerMessage message) {
        return faults.strikes(Fault.LYING_ADVICE) ? message.with(ServerAdvice.lie(world)) : message;
    }

    /** Publishes on a channel to all subscribers, and returns the number of the message. */
    long event(String channel) {
        long number = ++delivered;
        String data = dialect.replays()
                ? "{\"n\":%d,\"event\":{\"replayId\":%d}}".formatted(number, number)
                : "{\"n\":%d}".formatted(number);
        ServerMessage event = ServerMessage.delivery(channel, number, null, data);
        kept.add(event);
        ServerMessage delivery = lie(event);
        for (ServerSession session : List.copyOf(sessions.values())) {
            if (session.listensTo(channel)) {
                session.add(delivery);
                heart.flush(session);
            }
        }
        return number;
    }

    /** Another client begins, whose ids may be those of the last. */
    void clientBegins() {
        heart.forgetReplies();
    }

    private void forget(ServerSession session) {
        session.cancelTimer();
        session.held = null;
        sessions.remove(session.id);
    }

    /** All connections are gone; so may be all sessions. */
    void restart(boolean withState) {
        sessions.values().forEach(heart::drop);
        if (!withState) {
            List.copyOf(sessions.values()).forEach(this::forget);
        }
    }

    /** What was sent in a session that lives, if the client acknowledges; otherwise nothing. */
    List<ServerMessage> acknowledgedSince(@Nullable String session, long number) {
        ServerSession alive = sessions.get(String.valueOf(session));
        return alive == null || !alive.acknowledged
                ? List.of()
                : alive.all().stream().filter(message -> message.number() > number).toList();
    }

    /** What a session is subscribed to; nothing if it is not known. */
    Set<String> subscriptionsOf(@Nullable String session) {
        ServerSession alive = sessions.get(String.valueOf(session));
        return alive == null ? Set.of() : alive.subscriptions;
    }

    /** Those of them whose request has arrived after the client had given it up, so that the client cannot know of them. */
    Set<String> lateSubscriptionsOf(@Nullable String session) {
        ServerSession alive = sessions.get(String.valueOf(session));
        return alive == null ? Set.of() : alive.late;
    }

    /** All that was ever sent on a channel. */
    List<Long> numbersOn(String channel) {
        return kept.stream().filter(each -> each.channel().equals(channel)).map(ServerMessage::number).toList();
    }

    int timesSeen(long number) {
        return seen.getOrDefault(number, 0);
    }

    /** Forgets the history that only the rules of the simulation read, so that a long run does not fill the memory. */
    void forgetHistory() {
        kept.clear();
        seen.clear();
        unknownSessions.clear();
        processed.clear();
    }

    /** How often a publish was refused since it named a session that is not known. */
    int timesUnknown(long number) {
        return unknownSessions.getOrDefault(number, 0);
    }

    int timesProcessed(long number) {
        return processed.getOrDefault(number, 0);
    }

    long events() {
        return delivered;
    }

    static long acknowledged(ClientMessage connect) {
        return connect.ext("ack") instanceof JsonNumber number ? number.longValue() : 0;
    }
}
