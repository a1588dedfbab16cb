package dev.bayeux.core.simulation;

import jakarta.json.JsonNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connect acknowledges the last reply, and no older one (C-112, C-113), unless there was no room for what it brought.
 */
final class AckRule implements Wire {

    private final World world;
    private final BooleanSupplier mayRefuse;
    private final Map<String, String> sessions = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, Long> deadlines = new HashMap<>();
    /** What came for a connect that the client may have given up already: it counts, or comes again (C-114). */
    private final Map<String, Long> perhaps = new HashMap<>();
    private @Nullable Object carrier;
    private boolean mayBeGivenUp;

    AckRule(World world, BooleanSupplier mayRefuse) {
        this.world = world;
        this.mayRefuse = mayRefuse;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        ClientMessage message = messages.getFirst();
        if (!message.isConnect()) {
            return;
        }
        String session = String.valueOf(message.clientId());
        if (message.ext("ack") instanceof JsonNumber number) {
            long acknowledged = number.longValue();
            long expected = last.getOrDefault(session, 0L);
            if (perhaps.getOrDefault(session, expected) == acknowledged) {
                last.put(session, acknowledged);
            } else if (acknowledged > expected || acknowledged < expected && !mayRefuse.getAsBoolean()) {
                world.fail("A connect acknowledges %d, and %d was the last that came.".formatted(acknowledged,
                        expected));
            }
        }
        perhaps.clear();
        mayBeGivenUp = false;
        // Only the reply to the connect that is outstanding counts.
        sessions.clear();
        sessions.put(message.id(), session);
        deadlines.put(message.id(), untilNs);
        carrier = transport;
    }

    /** A connect is lost with its socket, unless it left in that instant and goes over the next one. */
    @Override
    public void broken(Object transport, long atNs) {
        mayBeGivenUp |= carrier == transport;
    }

    /** The connect that is outstanding may be given up while its reply arrives. */
    void connectionDoubted() {
        mayBeGivenUp = true;
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            String session = message.id() == null ? null : sessions.get(message.id());
            if (session != null && message.isSuccessful() && message.number() == 0 && message.ack() > 0
                    && world.nowNs() <= deadlines.getOrDefault(message.id(), 0L)) {
                (mayBeGivenUp ? perhaps : last).put(session, message.ack());
                sessions.clear();
            }
        }
    }
}
