package dev.bayeux.core.message;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of a reply that is not valid JSON, for example because of {@code Infinity}, but whose end is known.
 *
 * @param channel its channel, {@code null} if unreadable
 * @param id its id, {@code null} if unreadable
 * @param reply whether it has a result, as replies do
 * @param problem the fault and its index, without quoting the text
 * @param beginning its first characters, without secrets; empty on a meta channel, whose messages contain client ids
 */
public record UnreadableElement(@Nullable String channel, @Nullable String id, boolean reply, String problem,
        String beginning) {

    private static final int LONGEST_CHANNEL = 80;

    /**
     * Whether this element may be the reply to a request; also if neither channel nor id can be read. An element that did not
     * arrive in the response to that request ({@code expected}) may answer any request.
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

    public IncomingMessage asMessage() {
        return new IncomingMessage(channel, id, null, ServerError.NONE, null, JsonValue.EMPTY_JSON_OBJECT, List.of(),
                IncomingMessage.Offered.NOTHING, null, null);
    }

    /** Describes the element for logs, in a sentence with the address of the server. */
    public String description(String server) {
        return "%s sent a message%s that is not valid JSON: %s.%s".formatted(server,
                channel == null ? "" : " on " + channel.substring(0, Math.min(LONGEST_CHANNEL, channel.length())),
                problem,
                beginning.isEmpty() ? "" : " It begins with: " + beginning);
    }
}
