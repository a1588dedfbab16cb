package dev.bayeux.core.message;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a reply that is no JSON, such as one that holds {@code Infinity}, and whose end is known all the same.
 *
 * @param channel the channel that it names, {@code null} if none can be read
 * @param id the id that it names, {@code null} if none can be read
 * @param reply whether it has a result, as replies have
 * @param problem what is wrong and where, without any of its text
 * @param beginning its first characters, without what a name calls a secret; empty on a meta channel, whose messages hold
 *            client ids
 */
public record UnreadableElement(@Nullable String channel, @Nullable String id, boolean reply, String problem,
        String beginning) {

    private static final int LONGEST_CHANNEL = 80;

    /**
     * Tells whether this may be the reply to a request.
     *
     * @param requestChannel the channel of the request
     * @param requestId the id of the request
     * @param expected whether it came in the response to that request; if not, any request may have been answered
     * @return {@code true} also if neither channel nor id can be read
     */
    public boolean mayAnswer(String requestChannel, String requestId, boolean expected) {
        if (channel != null && !channel.equals(requestChannel)) {
            return false;
        }
        boolean meta = channel != null && channel.startsWith(Fields.META);
        if (id != null) {
            return id.equals(requestId) && (reply || meta || channel == null);
        }
        return channel == null || meta || expected;
    }

    /** {@return the same as a message, of which nothing but the channel and the id is known} */
    public IncomingMessage asMessage() {
        return new IncomingMessage(channel, id, null, ServerError.NONE, null, null, JsonValue.EMPTY_JSON_OBJECT,
                List.of(),
                null, 0, null);
    }

    /** {@return what came, in words for people} */
    public String description() {
        return "The server sent a message%s that is not valid JSON: %s.%s".formatted(
                channel == null ? "" : " on " + channel.substring(0, Math.min(LONGEST_CHANNEL, channel.length())),
                problem,
                beginning.isEmpty() ? "" : " It begins with: " + beginning);
    }
}
