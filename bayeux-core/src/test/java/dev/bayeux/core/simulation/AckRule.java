package dev.bayeux.core.simulation;

import jakarta.json.JsonNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connect acknowledges the last reply, and no older one (C-112, C-113), unless there was no room for what it brought.
 */
final class AckRule implements Wire {

    /** For what was on its way to be sent when the client gave it up. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(1);

    /** What a connect reply had to acknowledge, and the one before. */
    private record Received(long last, long before) {

        private static final Received NOTHING = new Received(0, 0);
    }

    private final World world;
    private final BooleanSupplier mayRefuse;
    private final Map<String, Received> received = new HashMap<>();
    private @Nullable ClientMessage connect;
    private @Nullable Object carrier;
    private long untilNs;
    private @Nullable Long arrivedNs;
    private @Nullable Long doubtedNs;
    private @Nullable Object broken;
    private @Nullable Long brokenNs;
    /** The client may have abandoned the connect when its reply came: the reply counts, or comes again (C-114). */
    private boolean doubtful;

    AckRule(World world, BooleanSupplier mayRefuse) {
        this.world = world;
        this.mayRefuse = mayRefuse;
    }

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long newUntilNs) {
        ClientMessage message = messages.getFirst();
        if (!message.isConnect()) {
            return;
        }
        if (message.ext("ack") instanceof JsonNumber number) {
            check(String.valueOf(message.clientId()), number.longValue());
        }
        connect = message;
        carrier = transport;
        untilNs = newUntilNs;
        arrivedNs = null;
        doubtful = isRecent(doubtedNs) || broken == transport && isRecent(brokenNs);
    }

    private boolean isRecent(@Nullable Long atNs) {
        return atNs != null && world.nowNs() - atNs < MOMENT_NS;
    }

    private void check(String session, long acknowledged) {
        Received expected = received.getOrDefault(session, Received.NOTHING);
        if (doubtful && acknowledged == expected.before) {
            received.put(session, new Received(acknowledged, acknowledged));
        } else if (acknowledged > expected.last || acknowledged < expected.last && !mayRefuse.getAsBoolean()) {
            world.fail("A connect acknowledges %d, and %d was the last that came.".formatted(acknowledged,
                    expected.last));
        }
    }

    @Override
    public void written(Object transport, List<ClientMessage> messages, long newUntilNs) {
        if (messages.getFirst() == connect) {
            untilNs = newUntilNs;
        }
    }

    /** A connect is lost with its socket, unless it left in that instant and goes over the next one. */
    @Override
    public void broken(Object transport, long atNs) {
        broken = transport;
        brokenNs = world.nowNs();
        if (carrier == transport) {
            mayBeLost(brokenNs);
        }
    }

    /** The connect in flight may be abandoned while its reply arrives, or before the waiting thread receives it. */
    void connectionDoubted() {
        doubtedNs = world.nowNs();
        mayBeLost(doubtedNs);
    }

    private void mayBeLost(long atNs) {
        doubtful |= arrivedNs == null || atNs - arrivedNs < Beat.HELD_NS;
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        for (ServerMessage message : messages) {
            // Only the first reply to the connect that is outstanding counts.
            if (connect != null && arrivedNs == null && connect.id().equals(message.id()) && message.isSuccessful()
                    && message.number() == 0 && message.ack() > 0 && world.nowNs() - untilNs < Beat.HELD_NS) {
                String session = String.valueOf(connect.clientId());
                long before = received.getOrDefault(session, Received.NOTHING).last;
                received.put(session, new Received(message.ack(), before));
                arrivedNs = world.nowNs();
                // It may be too late for the waiting thread, or not.
                doubtful |= untilNs - arrivedNs < Beat.HELD_NS;
            }
        }
    }
}
