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
    private @Nullable Object carrier;

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
            long expected = last.getOrDefault(session, 0L);
            if (number.longValue() > expected || number.longValue() < expected && !mayRefuse.getAsBoolean()) {
                world.fail("A connect acknowledges %d, and %d was the last that came.".formatted(number.longValue(),
                        expected));
            }
        }
        // Only the reply to the connect that is outstanding counts.
        sessions.clear();
        sessions.put(message.id(), session);
        deadlines.put(message.id(), untilNs);
        carrier = transport;
    }

    /** A connect is lost with its socket: what answers it over the next one is late, and comes again (C-114). */
    @Override
    public void broken(Object transport, long atNs) {
        if (carrier == transport) {
            sessions.clear();
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            String session = message.id() == null ? null : sessions.get(message.id());
            if (session != null && message.isSuccessful() && message.number() == 0 && message.ack() > 0
                    && world.nowNs() <= deadlines.getOrDefault(message.id(), 0L)) {
                last.put(session, message.ack());
                sessions.clear();
            }
        }
    }
}
