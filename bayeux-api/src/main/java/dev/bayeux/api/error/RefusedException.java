package dev.bayeux.api.error;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Objects;

/** Reports that the server answered with {@code successful: false}. Usually found as the cause of another exception. */
public final class RefusedException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** What the server said. */
    @SuppressWarnings("serial") // OptionalInt in it is not serializable; the text of the exception has it all
    private final transient ServerError error;
    /** The reply's ext. */
    private final transient JsonObject ext;

    /**
     * Makes the exception; called by the engine.
     *
     * @param kind whether another attempt can succeed
     * @param channel the reply's channel
     * @param error the error of the reply
     * @param ext the reply's {@code ext}, empty if it had none
     */
    public RefusedException(FailureKind kind, String channel, ServerError error, JsonObject ext) {
        this(kind, channel, error, ext, "", "");
    }

    /**
     * Makes the exception with what else the reply says about the reason; called by the engine.
     *
     * @param kind whether another attempt can succeed
     * @param channel the reply's channel
     * @param error the error of the reply
     * @param ext the reply's {@code ext}, empty if it had none
     * @param details the reason from another place of the reply, such as Salesforce's {@code ext.sfdc.failureReason};
     *            empty if there is none
     * @param server the address of the server, empty if it is not known
     */
    public RefusedException(FailureKind kind, String channel, ServerError error, JsonObject ext, String details,
            String server) {
        super(kind, "%s refused %s: %s. %s".formatted(server.isEmpty() ? "The server" : server, channel,
                reason(error.toString(), details), hint(kind, channel)), null);
        this.error = Objects.requireNonNull(error, "error");
        this.ext = Objects.requireNonNull(ext, "ext");
    }

    private static String hint(FailureKind kind, String channel) {
        boolean ofSession = channel.equals("/meta/handshake") || channel.equals("/meta/connect");
        return switch (kind) {
            case AUTHENTICATION -> "Are the credentials missing, wrong or expired?";
            case CONFIGURATION, PERMANENT -> ofSession
                    ? "The server's log may say why."
                    : "Is the name of the channel right, and may this client use it?";
            case TRANSIENT -> "A later attempt may be accepted.";
        };
    }

    private static String reason(String error, String details) {
        if (details.isEmpty()) {
            return error.isEmpty() ? "it gave no reason" : error;
        }
        return error.isEmpty() ? details : "%s (%s)".formatted(error, details);
    }

    /** {@return the error of the reply; {@link ServerError#NONE} if it gave no reason} */
    public ServerError error() {
        return error == null ? ServerError.NONE : error;
    }

    /**
     * {@return the reply's {@code ext}, where some servers put details; empty if it had none}
     */
    public JsonObject ext() {
        return ext == null ? JsonValue.EMPTY_JSON_OBJECT : ext;
    }
}
