package dev.bayeux.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves as the root of all exceptions that this library throws. Their texts say what happened, where, and what to do.
 * They never contain a client id, a cookie or a token. Words of a server, a proxy or an HTTP stack are cleaned and cut
 * short in them ({@link SafeText}). No text is longer than {@value SafeText#MAX_MESSAGE_CHARACTERS} characters.
 *
 * <table>
 * <caption>What each exception means</caption>
 * <tr><th>exception</th><th>thrown by</th><th>means</th></tr>
 * <tr><td>{@link HandshakeException}</td><td>connect</td><td>the client got no session</td></tr>
 * <tr><td>{@link SubscribeException}</td><td>subscribe</td><td>the server does not deliver that channel</td></tr>
 * <tr><td>{@link PublishException}</td><td>publish, call</td><td>not accepted; the outcome says whether the server can
 * have processed it</td></tr>
 * <tr><td>{@link BatchException}</td><td>batch</td><td>some messages of a batch were not accepted</td></tr>
 * <tr><td>{@link DisconnectedException}</td><td>take, poll, any request</td><td>there is no session, or no
 * longer</td></tr>
 * <tr><td>{@link ClientClosedException}</td><td>any method</td><td>the program closed the client</td></tr>
 * <tr><td>{@link PayloadException}</td><td>publish, take, handlers</td><td>JSON binding failed</td></tr>
 * <tr><td>{@link PositionException}</td><td>subscribe, commit, stores</td><td>a position cannot be found, saved or
 * honoured</td></tr>
 * <tr><td>{@link ConfigurationException}</td><td>build, connect</td><td>a setting or a dependency must
 * change</td></tr>
 * <tr><td>{@link RefusedException}</td><td>as a cause</td><td>the server's reply was a refusal</td></tr>
 * <tr><td>{@link TransportException}</td><td>as a cause, and by transports</td><td>messages could not be
 * carried</td></tr>
 * <tr><td>{@link MalformedMessageException}</td><td>as a cause</td><td>the server sent something that is not
 * Bayeux</td></tr>
 * <tr><td>{@link HeldBackException}</td><td>as a cause</td><td>an extension held a message back</td></tr>
 * </table>
 */
public abstract sealed class BayeuxException extends RuntimeException permits HandshakeException, SubscribeException,
        PublishException, BatchException, DisconnectedException, ClientClosedException, PayloadException,
        PositionException, ConfigurationException, RefusedException, TransportException, MalformedMessageException,
        HeldBackException {

    private static final long serialVersionUID = 1L;

    /** What it means for the next attempt. */
    private final FailureKind kind;

    BayeuxException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(SafeText.of(message, SafeText.MAX_MESSAGE_CHARACTERS), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** {@return what happened, where, and what to do; never {@code null}} */
    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** {@return the kind of failure, which says whether another attempt can succeed} */
    public final FailureKind kind() {
        return kind;
    }
}
