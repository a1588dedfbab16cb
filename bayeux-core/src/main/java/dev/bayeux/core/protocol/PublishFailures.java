package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of publishes and calls, and of callers that wait for a session that has ended. */
public final class PublishFailures {

    private PublishFailures() {
    }

    public static PublishException notSent(Request request, BayeuxException cause) {
        return new PublishException(cause.kind(), Outcome.NOT_SENT, request.channel(),
                "Not sent to %s. %s".formatted(request.channel(), cause.getMessage()), cause);
    }

    /** The server has refused the message; its reply, if there is one, may have data. */
    static PublishException refused(Request request, RefusedException cause, @Nullable IncomingMessage reply) {
        return new PublishException(cause.kind(), Outcome.REFUSED, request.channel(), cause.getMessage(), cause,
                reply == null ? null : reply.data());
    }

    /** The message was or may have been sent; the outcome depends on the cause. */
    static PublishException failed(Request request, BayeuxException cause) {
        if (cause instanceof RefusedException refused) {
            return refused(request, refused, null);
        }
        if (isNeverSent(cause)) {
            return notSent(request, cause);
        }
        if (cause instanceof TransportException tooLong && tooLong.messageTooLong()) {
            return new PublishException(FailureKind.PERMANENT, Outcome.REFUSED, request.channel(),
                    "The message for %s (%d bytes) is longer than the server accepts; send less in one message, or raise the server's limit. %s"
                            .formatted(request.channel(),
                                    request.bytes(), cause.getMessage()),
                    cause);
        }
        if (isRefused(cause) || cause instanceof HandshakeException) {
            return new PublishException(cause.kind(), Outcome.REFUSED, request.channel(),
                    "The message for %s was refused. %s".formatted(request.channel(), cause.getMessage()), cause);
        }
        return new PublishException(cause.kind(), Outcome.UNKNOWN, request.channel(),
                "The message for %s was sent, but it is not known whether the server processed it. %s"
                        .formatted(request.channel(), cause.getMessage()),
                cause);
    }

    /** An answer has come that may be the one to this call or to an earlier one. */
    static PublishException unclear(Request call, String server) {
        return new PublishException(FailureKind.TRANSIENT, Outcome.UNKNOWN, call.channel(),
                "The answer of %s on %s has no id, and may belong to an earlier call there that ended without an answer. The message was sent; the server may have processed it. Let the service answer with the id of the request."
                        .formatted(server, call.channel()),
                null);
    }

    /** Whether nothing of a request that failed so has reached the server. */
    static boolean isNeverSent(BayeuxException cause) {
        return cause instanceof ConfigurationException || cause instanceof HeldBackException
                || cause instanceof TransportException transport && transport.notSent()
                // Other credentials had been refused before, and there were none to send it with.
                || cause instanceof HandshakeException && !isRefused(cause.getCause());
    }

    /** Returns the failure of a batch that no transport has had: the server has received nothing of it. */
    static BayeuxException beforeSending(BayeuxException cause) {
        return mayHaveBeenAnswered(cause)
                ? new TransportException(Problem.NOT_PREPARED, String.valueOf(cause.getMessage()), cause)
                : cause;
    }

    /** Whether the server may have processed a request that failed so, and its response may have been lost. */
    static boolean mayHaveBeenAnswered(BayeuxException cause) {
        if (cause instanceof TransportException transport) {
            return !transport.notSent() && !transport.refused();
        }
        return !(cause instanceof RefusedException || cause instanceof ConfigurationException
                || cause instanceof HeldBackException || cause instanceof HandshakeException);
    }

    /** There is no session, and none is being made; {@code reason} is {@code null} if the program wants it so. */
    public static DisconnectedException disconnected(@Nullable BayeuxException reason) {
        if (reason instanceof DisconnectedException known) {
            // Each waiting caller gets an exception with the stack of its thread.
            return new DisconnectedException(known.kind(), known.getMessage(), known.getCause());
        }
        return reason == null
                ? new DisconnectedException(FailureKind.TRANSIENT, "The client is disconnected; connect() connects it.",
                        null)
                : new DisconnectedException(reason.kind(), "The client has stopped: " + reason.getMessage(), reason);
    }

    /** Makes the exceptions of callers that wait when a session ends. */
    public static Supplier<BayeuxException> over(boolean closed, @Nullable BayeuxException reason) {
        return closed ? () -> new ClientClosedException("The client was closed.") : () -> disconnected(reason);
    }

    /** Returns whether the server has checked the credentials only, in this request or in that for new credentials. */
    private static boolean isRefused(@Nullable Throwable cause) {
        return cause instanceof TransportException transport && transport.refused();
    }
}
