package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An action that the machine asks for. Actions are carried out in the order of the list. */
public sealed interface SessionAction {

    /** Send a handshake; {@code endpoint} is the index of the server. */
    record SendHandshake(String id, String connectionType, int endpoint) implements SessionAction {}

    /**
     * Send a connect. {@code atOnce} asks the server not to hold it; after {@code limitMs} it counts as lost;
     * {@code acknowledged} is the number to acknowledge, {@code null} without acknowledgement.
     */
    record SendConnect(String id, String clientId, String connectionType, boolean atOnce, long limitMs,
            @Nullable Long acknowledged) implements SessionAction {}

    /** Restore all subscriptions, before everything that is queued, and report the result. */
    record Restore(long serial) implements SessionAction {}

    /** Close the open connections; the next request opens new ones. */
    record RenewConnections() implements SessionAction {}

    /** Send a disconnect, and nothing after it. */
    record SendDisconnect(String clientId, String connectionType) implements SessionAction {}

    /** Disconnect a session that the client does not want and that the server may keep; ignore the reply. */
    record EndUnwantedSession(String clientId, String connectionType) implements SessionAction {}

    /**
     * Disconnect a session that the client abandons while it makes another one, and that the server may still keep. No caller
     * waits for that: {@code endpoint} is where the session is, {@code connectionType} how the server may be reached.
     */
    record EndAbandonedSession(String clientId, String connectionType, int endpoint) implements SessionAction {}

    /** Fail the unanswered requests of the old session; the outcome of each depends on its kind. */
    record FailSent(BayeuxException cause) implements SessionAction {}

    /** Fail the queued requests as not sent. */
    record FailQueued(BayeuxException cause) implements SessionAction {}

    /** Fetch new credentials before the next handshake. */
    record RenewCredentials() implements SessionAction {}

    /** Report a failed attempt to listeners. */
    record ReportFailure(BayeuxException failure) implements SessionAction {}

    /** Report to listeners how long the server asked the client to wait. */
    record ReportWait(Duration duration) implements SessionAction {}

    /** Report to listeners that a new session, with its subscriptions restored, replaces a lost one. */
    record ReportRenewed() implements SessionAction {}

    /** Close the transports and forget the cookies of the session. */
    record End() implements SessionAction {}
}
