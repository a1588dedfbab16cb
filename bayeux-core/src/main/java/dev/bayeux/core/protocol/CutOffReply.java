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
     * Takes the messages of a reply, except those that were already taken from an earlier reply that was cut off.
     *
     * @param reading the reply
     * @param clientId the session that the reply belongs to, {@code null} if nothing is acknowledged in it
     * @return the messages to be handled, in order
     */
    public List<IncomingMessage> take(MessageReader.Reading reading, @Nullable String clientId) {
        List<IncomingMessage> usable = reading.usable();
        if (clientId == null || !clientId.equals(session)) {
            delivered = List.of();
        }
        session = clientId;
        List<IncomingMessage> fresh = delivered.isEmpty() ? usable : withoutDelivered(usable);
        if (reading.failure() == null) {
            if (usable.stream().anyMatch(IncomingMessage::isSessionReply)) {
                delivered = List.of();
            }
        } else if (clientId != null && usable.stream().anyMatch(IncomingMessage::isDelivery)) {
            delivered = usable.stream().filter(IncomingMessage::isDelivery).toList();
        }
        return fresh;
    }

    /** {@return whether there is nothing that a reply must be compared with} */
    public boolean isIdle() {
        return delivered.isEmpty();
    }

    private List<IncomingMessage> withoutDelivered(List<IncomingMessage> messages) {
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
