package dev.bayeux.api.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything this library throws on its own account. The texts say what happened, where, and what to do; they
 * never contain a client id, a cookie or a token. What a server, a proxy or an HTTP stack has said is in them cleaned and
 * cut short ({@link SafeText}); no text is longer than {@value SafeText#MAX_MESSAGE_CHARACTERS} characters.
 *
 * <table>
 * <caption>Which exception tells what</caption>
 * <tr><th>exception</th><th>thrown by</th><th>means</th></tr>
 * <tr><td>{@link HandshakeException}</td><td>connect</td><td>no session could be had</td></tr>
 * <tr><td>{@link SubscribeException}</td><td>subscribe</td><td>the server does not deliver that channel to us</td></tr>
 * <tr><td>{@link PublishException}</td><td>publish, call</td><td>not accepted; its outcome says how sure that is</td></tr>
 * <tr><td>{@link BatchException}</td><td>batch</td><td>some messages of a batch were not accepted</td></tr>
 * <tr><td>{@link DisconnectedException}</td><td>take, poll, any request</td><td>there is no session (any more)</td></tr>
 * <tr><td>{@link ClientClosedException}</td><td>any method</td><td>the client was closed</td></tr>
 * <tr><td>{@link PayloadException}</td><td>publish, take, handlers</td><td>JSON binding failed</td></tr>
 * <tr><td>{@link PositionException}</td><td>subscribe, commit, stores</td><td>a position cannot be found, saved or
 * honoured</td></tr>
 * <tr><td>{@link ConfigurationException}</td><td>build, connect</td><td>a setting or a dependency must change</td></tr>
 * <tr><td>{@link RefusedException}</td><td>as a cause</td><td>the server's reply said no</td></tr>
 * <tr><td>{@link TransportException}</td><td>as a cause, and by transports</td><td>messages could not be carried</td></tr>
 * <tr><td>{@link MalformedMessageException}</td><td>as a cause</td><td>what arrived is not Bayeux</td></tr>
 * <tr><td>{@link HeldBackException}</td><td>as a cause</td><td>an extension did not let a message out</td></tr>
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

    /**
     * {@return what this failure means for the next attempt}
     */
    public final FailureKind kind() {
        return kind;
    }
}
