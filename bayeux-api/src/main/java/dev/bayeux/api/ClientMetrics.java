package dev.bayeux.api;

import dev.bayeux.api.error.PublishException.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Receives counts and times of clients, for a metrics system; the artifact {@code bayeux-micrometer} binds them to Micrometer.
 * Each method does nothing by default. One instance may serve any number of clients.
 *
 * <p><b>Threads.</b> The client calls the methods on the threads that do the work, those of the protocol included, and
 * may call several at the same time. A method must return at once and wait for nothing. The client logs what a method
 * throws; it has no other effect.
 *
 * <p><b>Cost.</b> Without metrics and recordings the client measures nothing and allocates nothing. With metrics each
 * received message takes 8 bytes more while it waits.
 *
 * <p><b>Units.</b> Times are in nanoseconds. Channels are those of messages, not patterns: as a label, they make one
 * series for each channel.
 */
public interface ClientMetrics {

    /** Names the kind of an exchange with the server. */
    enum Exchange {

        /** A {@code /meta/handshake} and its reply. */
        HANDSHAKE,

        /** A {@code /meta/connect}, which the server holds until it has deliveries or its timeout ends. */
        CONNECT,

        /** A batch of other messages. */
        SEND
    }

    /**
     * Receives the end of an exchange with the server.
     *
     * @param client the client's name
     * @param exchange the kind of exchange
     * @param connectionType the connection type, such as {@code "long-polling"}
     * @param nanos how long it took, until the whole answer had arrived
     * @param answered whether the server has answered, even with a refusal; {@code false} if the answer was lost
     */
    default void exchanged(String client, Exchange exchange, String connectionType, long nanos, boolean answered) {
        // Ignored by default.
    }

    /**
     * Receives the end of a publish or call: of {@link BayeuxClient#publish(String, Object)}, of {@link BayeuxClient#call}, of each
     * message of {@link BayeuxClient#batch}, of their asynchronous forms, and of an {@link Outbox}, which reports each
     * message once however often it was sent. Includes messages that were rejected because there is no room or no
     * session. Excludes calls with a wrong channel or wrong data, and calls of a closed client. Called by the thread
     * that has waited; for a batch, when the wait for the whole batch is over.
     *
     * @param client the client's name
     * @param channel the channel of the message
     * @param nanos the time from the call, once its data was JSON, to the server's reply, to the answer of a call, or
     *            to the end of the wait; in an outbox, until the message was settled
     * @param failure {@code null} if the server accepted it; {@link Outcome#UNKNOWN} also if the wait was interrupted,
     *            or the message was withdrawn from an outbox
     */
    default void published(String client, String channel, long nanos, @Nullable Outcome failure) {
        // Ignored by default.
    }

    /**
     * Receives the delivery of a message to the program: to a handler, a subscriber of a publisher, or a thread that
     * pulls. Includes messages that cannot be bound to their type.
     *
     * @param client the client's name
     * @param channel the channel of the message
     * @param lagNanos how long the message has waited in the client since it arrived; for a handler that is called
     *            again, since then
     */
    default void delivered(String client, String channel, long lagNanos) {
        // Ignored by default.
    }

    /**
     * Receives the end of a handler, or of the {@code onNext} of a subscriber. Includes messages that could not be
     * bound, for which neither was called. The client cannot see when the program has finished with a pulled message.
     *
     * @param client the client's name
     * @param channel the channel of the message
     * @param nanos how long it took, binding included
     * @param failed whether it threw, or the message could not be bound
     */
    default void handled(String client, String channel, long nanos, boolean failed) {
        // Ignored by default.
    }

    /**
     * Receives an event of a client: changes of the state, failed attempts, dropped messages and all others. Called on
     * the thread of the listeners ({@link BayeuxClient#listen}), before them.
     *
     * @param client the client's name
     * @param event the event
     */
    default void happened(String client, ClientEvent event) {
        // Ignored by default.
    }
}
