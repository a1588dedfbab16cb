package dev.bayeux.core;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Request;
import org.jspecify.annotations.Nullable;

/** Words the exceptions of publishes and calls. */
final class Outcomes {

    private Outcomes() {
    }

    /** It never left. */
    static PublishException notSent(Request request, BayeuxException cause) {
        return new PublishException(cause.kind(), Outcome.NOT_SENT, request.channel(),
                "Not sent to %s. %s".formatted(request.channel(), cause.getMessage()), cause);
    }

    /** The server said no. */
    static PublishException refused(Request request, RefusedException cause) {
        return new PublishException(cause.kind(), Outcome.REFUSED, request.channel(), cause.getMessage(), cause);
    }

    /** It left, or may have left, and what became of it depends on the cause. */
    static PublishException failed(Request request, BayeuxException cause) {
        if (cause instanceof RefusedException refused) {
            return refused(request, refused);
        }
        if (cause instanceof ConfigurationException || cause instanceof HeldBackException
                || cause instanceof TransportException transport && transport.notSent()) {
            return notSent(request, cause);
        }
        if (isRefused(cause) || cause instanceof HandshakeException && isRefused(cause.getCause())) {
            return new PublishException(cause.kind(), Outcome.REFUSED, request.channel(),
                    "The message for %s was refused. %s".formatted(request.channel(), cause.getMessage()), cause);
        }
        return new PublishException(cause.kind(), Outcome.UNKNOWN, request.channel(),
                "The message for %s was sent, but it is not known whether the server processed it. %s"
                        .formatted(request.channel(), cause.getMessage()),
                cause);
    }

    /** Itself, or what left the client without credentials: the server has looked at no more than who we are. */
    private static boolean isRefused(@Nullable Throwable cause) {
        return cause instanceof TransportException transport && transport.refused();
    }
}
