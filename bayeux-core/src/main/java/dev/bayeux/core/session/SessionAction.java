package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something to do, in the order given. */
public sealed interface SessionAction {

    /** Send a handshake; {@code endpoint} is the index of the server. */
    record SendHandshake(String id, String connectionType, int endpoint) implements SessionAction {}

    /**
     * Send a connect; {@code atOnce} asks the server not to hold it, {@code limitMs} is when it counts as lost,
     * {@code acknowledged} is what it acknowledges, {@code null} if that was not agreed on.
     */
    record SendConnect(String id, String clientId, String connectionType, boolean atOnce, long limitMs,
            @Nullable Long acknowledged) implements SessionAction {}

    /** Ask for all subscriptions again, ahead of everything that is queued, and say how that ended. */
    record Restore(long serial) implements SessionAction {}

    /** Close the connections that there are: the next request opens others. */
    record RenewConnections() implements SessionAction {}

    /** Send a disconnect, and nothing after it. */
    record SendDisconnect(String clientId, String connectionType) implements SessionAction {}

    /** End a session that the client does not want and that the server may keep; the reply does not matter. */
    record EndUnwantedSession(String clientId, String connectionType) implements SessionAction {}

    /** Whatever was sent in the old session and is not answered fails; how sure that is depends on what it was. */
    record FailSent(BayeuxException cause) implements SessionAction {}

    /** Whatever waits to be sent fails as not sent. */
    record FailQueued(BayeuxException cause) implements SessionAction {}

    /** Ask for fresh credentials before the next handshake. */
    record RenewCredentials() implements SessionAction {}

    /** Tell the listeners that an attempt has failed. */
    record TellFailure(BayeuxException failure) implements SessionAction {}

    /** Tell the listeners that the server wants to be left alone for so long. */
    record TellWait(Duration duration) implements SessionAction {}

    /** Tell the listeners that a new session has taken the place of one that was lost. */
    record TellRenewed() implements SessionAction {}

    /** Close the transport and forget the cookies of the session. */
    record End() implements SessionAction {}
}
