package dev.bayeux.core.session;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.core.message.Advice;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;

/** Classifies a refusal whose advice does not determine the next step (protocol.md 7). */
public final class Refusal {

    private static final List<String> LOST_SESSION = List.of("unknownclient", "clientunknown", "sessionunknown",
            "unknownsession", "invalidclientid");

    private Refusal() {
    }

    /**
     * Makes the exception for a reply with {@code successful: false}. The client id, empty if there is no session, is in no
     * text, though some servers repeat it in the error (C-135).
     */
    public static RefusedException of(IncomingMessage reply, String clientId, String server) {
        String channel = reply.channel() == null ? "a request" : reply.channel();
        return new RefusedException(kind(channel, reply), channel, without(clientId, reply.error()), reply.ext(),
                details(clientId, reply), server);
    }

    /** Returns further fields of the reply that give a reason; empty if it has none. */
    private static String details(String clientId, IncomingMessage reply) {
        ServerError reason = reason(reply);
        if (reason != reply.error()) {
            return without(clientId, reason).toString();
        }
        Advice advice = reply.advice();
        return advice != null && Boolean.TRUE.equals(advice.multipleClients())
                ? "another client uses the same cookies (advice multiple-clients)"
                : "";
    }

    private static ServerError without(String clientId, ServerError error) {
        if (clientId.isEmpty() || !error.toString().contains(clientId)) {
            return error;
        }
        return new ServerError(error.code(),
                error.args().stream().map(arg -> arg.replace(clientId, "(client id)")).toList(),
                error.text().replace(clientId, "(client id)"));
    }

    /** A refusal with {@code reconnect: none} is permanent, unless it concerns the credentials. */
    private static FailureKind kind(String channel, IncomingMessage reply) {
        FailureKind said = kindOfText(channel, reply);
        boolean ofSession = channel.equals(Fields.HANDSHAKE) || channel.equals(Fields.CONNECT);
        return said == FailureKind.TRANSIENT && ofSession && isFinal(channel, reply) ? FailureKind.PERMANENT : said;
    }

    private static boolean isFinal(String channel, IncomingMessage reply) {
        return channel.equals(Fields.HANDSHAKE)
                ? reply.reconnect() == Reconnect.NONE
                : saysStop(reply);
    }

    private static FailureKind kindOfText(String channel, IncomingMessage reply) {
        ServerError reason = reason(reply);
        int code = reason.code().orElse(0);
        String text = reason.text().toLowerCase(Locale.ROOT);
        if (text.contains("limit exceeded") || text.contains("busy") || code >= 500) {
            return FailureKind.TRANSIENT;
        }
        return switch (channel) {
            case Fields.HANDSHAKE ->
                code == 401 || code == 403 ? FailureKind.AUTHENTICATION : FailureKind.TRANSIENT;
            case Fields.CONNECT -> code == 401 && !meansLostSession(reply)
                    ? FailureKind.AUTHENTICATION
                    : FailureKind.TRANSIENT;
            default -> meansLostSession(reply) ? FailureKind.TRANSIENT : FailureKind.PERMANENT;
        };
    }

    /** Reads Salesforce's reason, which is in {@code ext.sfdc.failureReason}. */
    private static ServerError reason(IncomingMessage reply) {
        if (reply.ext().get("sfdc") instanceof JsonObject details
                && details.get("failureReason") instanceof JsonString reason) {
            return ServerError.parse(reason.getString());
        }
        return reply.error();
    }

    /** A3, A4, A7: whether a reply to a connect forbids another connect. */
    static boolean saysStop(IncomingMessage reply) {
        Advice advice = reply.advice();
        return reply.reconnect() == Reconnect.NONE || reply.reconnect() != Reconnect.HANDSHAKE && advice != null
                && advice.intervalMs() != null && advice.intervalMs() < 0;
    }

    /**
     * Whether the error text says that the server does not know the session (protocol.md 7.3). Used only for a reply without
     * advice.
     */
    public static boolean meansLostSession(IncomingMessage reply) {
        String text = reply.error().toString().toLowerCase(Locale.ROOT).replaceAll("[ _]", "");
        return LOST_SESSION.stream().anyMatch(text::contains)
                || text.contains("clientid") && text.endsWith("isinvalid");
    }
}
