package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.SessionAction.EndUnwantedSession;
import dev.bayeux.core.session.SessionState;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An action that {@link ProtocolCore} asks for. Effects are carried out in their order, and none waits. */
public sealed interface Effect {

    // Exchanges

    /** Send the requests of an exchange; a handshake or connect on the thread {@code session}, a batch on another. */
    record Send(Exchange exchange) implements Effect {}

    /** Interrupt the thread that carries an exchange, whose reply no longer counts. */
    record Abandon(Exchange exchange) implements Effect {}

    /** Wake the thread that waits for the replies of an exchange over a full-duplex connection. */
    record Wake(Exchange exchange) implements Effect {}

    /** Complete a publish or call with its reply; {@code null} if the server has not mentioned it. */
    record Complete(Request request, @Nullable IncomingMessage reply) implements Effect {}

    /** Fail a publish or call. */
    record Fail(Request request, PublishException why) implements Effect {}

    // Subscribers

    /**
     * Give deliveries to the queues of the subscribers: the messages of a reply from {@code from} to before {@code to},
     * numbered from {@code firstNumber}; {@code mayExceed} if a queue that pauses the server keeps what exceeds its limit.
     */
    record Deliver(List<IncomingMessage> messages, int from, int to, long firstNumber, boolean mayExceed)
            implements
                Effect {}

    /** Report to the listeners how many messages full queues have dropped since the last report. */
    record ReportDropped() implements Effect {}

    /** Register a subscriber; deliveries up to {@code after} are not for it. */
    record Joined(Subscriber subscriber, long after) implements Effect {}

    /** Refuse a subscriber, whose {@link Input.Join} has changed nothing. */
    record Refuse(Subscriber subscriber, RuntimeException why) implements Effect {}

    /** Report to a subscriber that all its channels are active. */
    record Establish(Subscriber subscriber) implements Effect {}

    /** Fail a subscriber that waits for the server, and close it. */
    record Reject(Subscriber subscriber, BayeuxException why) implements Effect {}

    /** Stop the messages of a subscriber. */
    record Left(Subscriber subscriber) implements Effect {}

    /** Let callers that wait for messages fail, since there is no session. */
    record StopReceiving(Supplier<BayeuxException> why) implements Effect {}

    /** Let callers wait for messages again, since the program wants a session. */
    record StartReceiving() implements Effect {}

    /** Ask the program for another position; {@link Input.PositionChosen} brings its answer. */
    record ChoosePosition(RefusedPosition refused) implements Effect {}

    // Reports

    /** Report an event to the listeners. */
    record Report(ClientEvent event) implements Effect {}

    /** Report a change of the session to the extensions. */
    record ReportToExtensions(SessionChange change) implements Effect {}

    /** Show the state to the program. */
    record ReportState(SessionState state) implements Effect {}

    // Connections

    /** Open a connection to an endpoint, without cookies, and be ready for the first handshake. */
    record Open(int connection, int endpoint) implements Effect {}

    /** Close the connection in use and open another one, with the same cookies. */
    record Reopen(int connection, int endpoint, boolean renewShared) implements Effect {}

    /** Close all transports of the connection but one (C-08). */
    record KeepOnly(String connectionType) implements Effect {}

    /** Send later requests over new shared sockets; exchanges in flight continue over the old ones. */
    record RenewShared() implements Effect {}

    /** Close a socket that has become silent; the next request opens another. */
    record DropSilent(String connectionType) implements Effect {}

    /**
     * Disconnect a session that the client has abandoned, independently of everything else and within a limit;
     * {@code connectionType} is one by which the server may be reached.
     */
    record EndAbandonedSession(String clientId, String connectionType, int endpoint, String id) implements Effect {}

    /** Ask for fresh credentials before the next handshake. */
    record RenewCredentials() implements Effect {}

    /**
     * End everything that {@link Open} has begun; {@code why} is {@code null} if the program wants it so. {@code unwanted} is
     * a session that the server made too late, to be ended as well.
     */
    record Close(@Nullable BayeuxException why, @Nullable EndUnwantedSession unwanted, String id) implements Effect {}
}
