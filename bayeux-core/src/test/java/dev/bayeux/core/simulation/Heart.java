package dev.bayeux.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the server holds connects, sends deliveries, and lets sessions die. */
final class Heart {

    static final String UNWANTED = "/unwanted";
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private final World world;
    private final Faults faults;
    private final Dialect dialect;
    private final Consumer<ServerSession> forget;
    private @Nullable Long unwantedUntilNs;
    private @Nullable ServerMessage lastReply;
    private @Nullable ServerMessage staleReply;

    Heart(World world, Faults faults, Dialect dialect, Consumer<ServerSession> forget) {
        this.world = world;
        this.faults = faults;
        this.dialect = dialect;
        this.forget = forget;
    }

    /** Answers a connect, or holds it; whether its response stays open. */
    boolean connect(ServerSession session, ClientMessage message, Line line, List<ServerMessage> replies) {
        boolean first = !session.connected;
        if (session.held != null && session.line != null && !session.line.isDuplex()) {
            // The connect before is abandoned; over a socket nothing reports that.
            session.line.send(List.of());
        }
        session.cancelTimer();
        session.connected = true;
        session.held = message;
        if (lastReply != null && serial(lastReply.id()) < serial(message.id())) {
            staleReply = lastReply;
        }
        session.line = line;
        boolean missing = session.acknowledged && session.acknowledge(SimulatedServer.acknowledged(message));
        if (faults.strikes(Fault.UNWANTED_EVENTS)) {
            unwantedUntilNs = world.nowNs() + MINUTE_NS;
        }
        boolean now = isUnwanted() || first || message.isAtOnce() || missing
                || session.hasDeliveries() && mustAnswerToDeliver(session)
                || faults.strikes(Fault.NOT_HELD);
        if (now) {
            replies.addAll(answer(session));
            return false;
        }
        session.timer = world.in(TimeUnit.MILLISECONDS.toNanos(dialect.holdMs()), () -> line.send(answer(session)));
        return true;
    }

    private boolean isUnwanted() {
        return unwantedUntilNs != null && world.nowNs() < unwantedUntilNs && !faults.areOver();
    }

    /** The client counts its connects. */
    private static long serial(@Nullable String id) {
        return Long.parseLong(String.valueOf(id).substring(1));
    }

    /**
     * The connect that was answered or abandoned before the last connect of the client arrived; {@code null} if there is
     * none.
     */
    @Nullable
    ServerMessage staleReply() {
        return staleReply;
    }

    /** Another client begins to count. */
    void forgetReplies() {
        lastReply = null;
        staleReply = null;
    }

    private static boolean mustAnswerToDeliver(ServerSession session) {
        return session.acknowledged || session.line == null || !session.line.isDuplex();
    }

    private List<ServerMessage> answer(ServerSession session) {
        ClientMessage connect = session.held;
        if (connect == null) {
            return List.of();
        }
        session.held = null;
        expireLater(session);
        List<ServerMessage> all = new ArrayList<>(session.acknowledged ? session.takeBatch() : session.takeAll());
        ServerMessage reply = ServerMessage.reply(connect, true)
                .with(connect.isAtOnce() || dialect.tellsAlways() ? dialect.advice() : null);
        if (session.acknowledged) {
            reply = reply.withExt("{\"ack\":%d}".formatted(session.batch()));
        }
        lastReply = reply;
        if (faults.strikes(Fault.LYING_ADVICE)) {
            reply = reply.with(ServerAdvice.lie(world));
        }
        if (isUnwanted()) {
            all.add(ServerMessage.delivery(UNWANTED, 0, null, "{}"));
        }
        boolean beforeDeliveries = dialect.repliesFirst() && !(session.line != null && session.line.isDuplex());
        all.add(beforeDeliveries ? 0 : all.size(), reply);
        return all;
    }

    /** Sends what waits, if it can be sent now. */
    void flush(ServerSession session) {
        Line line = session.line;
        if (line == null || !line.isOpen() || !session.hasDeliveries()) {
            return;
        }
        if (!mustAnswerToDeliver(session)) {
            line.send(session.takeAll());
        } else if (session.held != null) {
            session.cancelTimer();
            // A moment later: what comes together travels together.
            session.timer = world.in(world.between(0, 20), () -> line.send(answer(session)));
        }
    }

    /** A session that is not heard of dies. */
    void expireLater(ServerSession session) {
        session.cancelTimer();
        session.timer = world.in(TimeUnit.MILLISECONDS.toNanos(dialect.intervalMs() + dialect.maxIntervalMs()), () -> {
            world.trace.add(world, "server: " + session.id + " expires");
            forget.accept(session);
        });
    }

    /** The client wants no more: the held connect ends first. */
    void disconnect(ServerSession session) {
        ClientMessage connect = session.held;
        Line line = session.line;
        if (connect != null && line != null) {
            List<ServerMessage> last = new ArrayList<>(session.takeAll());
            last.add(ServerMessage.reply(connect, true).with(ServerAdvice.STOP));
            line.send(last);
        }
    }

    /** The server wants no more. */
    void endByServer(ServerSession session) {
        ClientMessage connect = session.held;
        Line line = session.line;
        if (connect != null && line != null) {
            line.send(List.of(
                    new ServerMessage("/meta/disconnect", null, true, null, null, 0, null, null, null, null),
                    ServerMessage.reply(connect, world.random.nextBoolean()).with(ServerAdvice.STOP)));
        }
        forget.accept(session);
    }

    /** The connection is gone, and with it the connect that was held. */
    void drop(ServerSession session) {
        session.held = null;
        session.line = null;
        expireLater(session);
    }
}
