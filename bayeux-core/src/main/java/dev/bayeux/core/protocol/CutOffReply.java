package dev.bayeux.core.protocol;

import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which deliveries were taken from a reply that could not be read to its end. The reply is not acknowledged, so
 * the server sends them again (C-114), and they are left out then. Only used within the client's loop.
 */
public final class CutOffReply {

    private volatile List<IncomingMessage> delivered = List.of();
    private @Nullable String session;

    /**
     * A reply that has been read, until the core has decided whether its deliveries go to the subscribers.
     *
     * @param by what remembers its deliveries
     * @param messages the messages of the reply without those that were delivered before, in order
     * @param clientId the session, {@code null} if nothing is acknowledged in it
     * @param delivered what was delivered once this reply has gone to the subscribers
     */
    public record Taking(CutOffReply by, List<IncomingMessage> messages, @Nullable String clientId,
            List<IncomingMessage> delivered) {

        /** The deliveries went to the subscribers. Those of a reply that was refused or abandoned come once more, and count then. */
        void markDelivered() {
            by.session = clientId;
            by.delivered = delivered;
        }
    }

    /**
     * Takes the messages of a reply, except those that were already delivered from an earlier reply that was cut off. {@code
     * clientId} is {@code null} if nothing is acknowledged in the session.
     */
    public Taking take(MessageReader.Reading reading, @Nullable String clientId) {
        List<IncomingMessage> usable = reading.usable();
        List<IncomingMessage> before = clientId == null || !clientId.equals(session) ? List.of() : delivered;
        List<IncomingMessage> then = before;
        if (reading.failure() == null) {
            if (usable.stream().anyMatch(IncomingMessage::isSessionReply)) {
                then = List.of();
            }
        } else if (clientId != null && usable.stream().anyMatch(IncomingMessage::isDelivery)) {
            then = usable.stream().filter(IncomingMessage::isDelivery).toList();
        }
        return new Taking(this, before.isEmpty() ? usable : withoutDelivered(usable, before), clientId, then);
    }

    /** {@return whether there is nothing that a reply must be compared with} */
    public boolean isIdle() {
        return delivered.isEmpty();
    }

    private static List<IncomingMessage> withoutDelivered(List<IncomingMessage> messages,
            List<IncomingMessage> delivered) {
        List<IncomingMessage> fresh = new ArrayList<>(messages.size());
        int same = 0;
        boolean again = true;
        for (IncomingMessage message : messages) {
            if (!message.isDelivery()) {
                fresh.add(message);
                continue;
            }
            again = again && same < delivered.size() && isSame(message, delivered.get(same));
            if (again) {
                same++;
            } else {
                fresh.add(message);
            }
        }
        return fresh;
    }

    private static boolean isSame(IncomingMessage one, IncomingMessage other) {
        return Objects.equals(one.channel(), other.channel()) && Objects.equals(one.id(), other.id())
                && Objects.equals(one.data(), other.data());
    }
}
