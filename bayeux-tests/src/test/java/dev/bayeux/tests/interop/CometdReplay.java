package dev.bayeux.tests.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerChannel;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.ServerMessageImpl;

/**
 * What Salesforce's servers do with positions, played on a CometD server: events are kept and have numbers, which are
 * not contiguous; a subscriber says where to begin; the server refuses a number that it does not keep. Outlives restarts of
 * the server.
 */
public final class CometdReplay implements BayeuxServer.Extension, BayeuxServer.SubscriptionListener {

    private static final int STEP = 7;

    /** One kept event. */
    private record Event(long id, Map<String, Object> data) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Event>> kept = new HashMap<>();
    private final Map<String, List<ServerSession>> listening = new HashMap<>();
    private final Map<String, List<Object>> asked = new HashMap<>();
    private long lastId = 1000;

    void install(BayeuxServer server) {
        lock.lock();
        try {
            listening.clear();
        } finally {
            lock.unlock();
        }
        server.addExtension(this);
        server.addListener(this);
    }

    /** Publishes to all subscribers; returns the event's number. */
    public long publish(String channel, Object payload) {
        lock.lock();
        try {
            lastId += STEP;
            Event event = new Event(lastId, Map.of("payload", payload, "event", Map.of("replayId", lastId)));
            kept.computeIfAbsent(channel, name -> new ArrayList<>()).add(event);
            listening.getOrDefault(channel, List.of()).forEach(session -> deliver(session, channel, event));
            return lastId;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all but the last so many, as retention does. */
    public void forgetAllBut(String channel, int count) {
        lock.lock();
        try {
            List<Event> events = kept.get(channel);
            events.subList(0, events.size() - count).clear();
        } finally {
            lock.unlock();
        }
    }

    /** The positions that were asked for so far. */
    public List<Object> asked(String channel) {
        lock.lock();
        try {
            return List.copyOf(asked.getOrDefault(channel, List.of()));
        } finally {
            lock.unlock();
        }
    }

    private static void deliver(ServerSession session, String channel, Event event) {
        session.deliver(null, channel, event.data(), Promise.noop());
    }

    @Override
    public boolean sendMeta(ServerSession to, ServerMessage.Mutable reply) {
        if (Channel.META_HANDSHAKE.equals(reply.getChannel()) && reply.isSuccessful()) {
            reply.getExt(true).put("replay", true);
        }
        return true;
    }

    @Override
    public boolean rcvMeta(ServerSession from, ServerMessage.Mutable message) {
        if (!Channel.META_SUBSCRIBE.equals(message.getChannel())) {
            return true;
        }
        String channel = String.valueOf(message.get(Message.SUBSCRIPTION_FIELD));
        long position = position(message, channel);
        lock.lock();
        try {
            asked.computeIfAbsent(channel, name -> new ArrayList<>()).add(position);
            if (position < 0
                    || kept.getOrDefault(channel, List.of()).stream().anyMatch(event -> event.id() == position)) {
                return true;
            }
        } finally {
            lock.unlock();
        }
        ServerMessage.Mutable reply = message.getAssociated();
        reply.setSuccessful(false);
        reply.put(Message.ERROR_FIELD, "400::The replayId {%d} you provided was invalid.  Please provide a valid ID."
                .formatted(position));
        ((ServerMessageImpl) reply).setHandled(true);
        return false;
    }

    private static long position(ServerMessage message, String channel) {
        Map<String, Object> ext = message == null ? null : message.getExt();
        return ext != null && ext.get("replay") instanceof Map<?, ?> map && map.get(channel) instanceof Number id
                ? id.longValue()
                : -1;
    }

    @Override
    public void subscribed(ServerSession session, ServerChannel channel, ServerMessage message) {
        long position = position(message, channel.getId());
        lock.lock();
        try {
            List<Event> events = kept.getOrDefault(channel.getId(), List.of());
            events.stream().filter(event -> position == -2 || position >= 0 && event.id() > position)
                    .forEach(event -> deliver(session, channel.getId(), event));
            listening.computeIfAbsent(channel.getId(), name -> new ArrayList<>()).add(session);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unsubscribed(ServerSession session, ServerChannel channel, ServerMessage message) {
        lock.lock();
        try {
            listening.getOrDefault(channel.getId(), new ArrayList<>()).remove(session);
        } finally {
            lock.unlock();
        }
    }
}
