package dev.bayeux.core.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a request looks like, whose session it names, and how many are under way: C-01, C-02, C-09, C-15, C-17, C-18,
 * C-39, C-48, C-94, C-125, T9.
 */
final class RequestRule implements Wire {

    /** Two threads that send at the same time. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);

    private final World world;
    private final int mostBytes;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Map<String, Long> disconnected = new HashMap<>();
    private final Map<Object, Integer> underWay = new HashMap<>();
    private final Map<Object, Integer> beats = new HashMap<>();
    private @Nullable String handshake;
    private @Nullable String session;

    RequestRule(World world, int maxRequestBytes) {
        this.world = world;
        this.mostBytes = maxRequestBytes;
    }

    /** The session that the client knows of last, {@code null} if there was none. */
    @Nullable
    String session() {
        return session;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        if (messages.isEmpty()) {
            world.fail("An empty batch was sent.");
        }
        messages.forEach(message -> check(message, messages, connectionType));
        int bytes = messages.stream().mapToInt(message -> message.json().toString().length() + 1).sum() + 1;
        if (messages.size() > 1 && bytes > mostBytes) {
            world.fail("%d messages of %d bytes are sent in one request; maxRequestBytes is %d (C-53).".formatted(
                    messages.size(), bytes, mostBytes));
        }
        boolean ending = messages.getFirst().is("/meta/disconnect");
        if (connectionType.equals("long-polling") && !ending) {
            if (underWay.merge(transport, 1, Integer::sum) > 2) {
                world.fail("More than two requests are under way.");
            }
            if (messages.getFirst().isBeat() && beats.merge(transport, 1, Integer::sum) > 1) {
                world.fail("Two handshakes or connects are under way.");
            }
        }
    }

    @Override
    public void ended(Object transport, List<ClientMessage> messages, boolean givenUp) {
        if (underWay.containsKey(transport) && !messages.getFirst().is("/meta/disconnect")) {
            underWay.merge(transport, -1, Integer::sum);
            if (messages.getFirst().isBeat()) {
                beats.merge(transport, -1, Integer::sum);
            }
        }
    }

    private void check(ClientMessage message, List<ClientMessage> batch, String connectionType) {
        if (!ids.add(message.id()) || !message.id().matches("[A-Za-z0-9]+")) {
            world.fail("The id %s is not a fresh one.".formatted(message.id()));
        }
        if (message.isBeat() && batch.size() > 1) {
            world.fail("A handshake or connect does not travel alone.");
        }
        if (message.isHandshake()) {
            // A reply to an earlier handshake, which the client has abandoned, brings no session (T18).
            handshake = message.id();
            if (message.clientId() != null) {
                world.fail("A handshake names a session.");
            }
            return;
        }
        String named = message.clientId();
        if (named == null) {
            world.fail("A request names no session: " + message.channel());
            return;
        }
        if (message.isConnect() && !connectionType.equals(message.connectionType())) {
            world.fail("A connect says it travels by %s, and travels by %s.".formatted(message.connectionType(),
                    connectionType));
        }
        if (gone.contains(named) && !message.is("/meta/disconnect")) {
            world.fail("A request of %s is sent after %s has taken its place.".formatted(named, session));
        }
        // A thread may just have received the permission to send its request.
        if (disconnected.containsKey(named) && world.nowNs() - disconnected.get(named) > MOMENT_NS) {
            world.fail("A request on %s is sent after the disconnect.".formatted(message.channel()));
        }
        if (message.is("/meta/disconnect")) {
            disconnected.put(named, world.nowNs());
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            if (message.session() != null && String.valueOf(message.id()).equals(handshake)
                    && !message.session().equals(session)) {
                if (session != null) {
                    gone.add(session);
                }
                session = message.session();
            }
        }
    }
}
