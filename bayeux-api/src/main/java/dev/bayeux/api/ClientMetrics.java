package dev.bayeux.api;

import dev.bayeux.api.error.PublishException.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Takes what can be counted and timed of clients, for a system that does so; docs/seeing-inside.md shows the binding to
 * Micrometer. Each method does nothing unless it is implemented. One instance may serve any number of clients.
 *
 * <p><b>Threads.</b> Called on the threads that do the work, those of the protocol among them: a method must return at
 * once and wait for nothing. What it throws is logged and has no other effect. All methods may be called at the same time.
 *
 * <p><b>Cost.</b> With no metrics and no recording nothing is measured and nothing allocated. With metrics each received
 * message takes 8 bytes more while it waits.
 *
 * <p><b>Units.</b> Times are in nanoseconds. Channels are those of messages, not patterns: who uses them as a label has as
 * many series as there are channels.
 */
public interface ClientMetrics {

    /** What two parties exchange. */
    enum Exchange {

        /** A {@code /meta/handshake} and its reply. */
        HANDSHAKE,

        /** A {@code /meta/connect}, which the server holds until it has something to say or the time has passed. */
        CONNECT,

        /** A batch of everything else. */
        SEND
    }

    /**
     * An exchange with the server has ended.
     *
     * @param client the client's name
     * @param exchange what it was
     * @param connectionType how it was carried, such as {@code "long-polling"}
     * @param nanos how long it took, until the whole answer was there
     * @param answered whether the server has answered, be it with a refusal; otherwise it was lost
     */
    default void exchanged(String client, Exchange exchange, String connectionType, long nanos, boolean answered) {
        // For those who want to know.
    }

    /**
     * A publish or call has ended, of {@link BayeuxClient#publish}, {@link BayeuxClient#call} or one message of
     * {@link BayeuxClient#batch}, or of their asynchronous forms.
     *
     * @param client the client's name
     * @param channel to where
     * @param nanos how long it took from the call until the server's reply was there, or for a call its answer
     * @param failure {@code null} if it was accepted
     */
    default void published(String client, String channel, long nanos, @Nullable Outcome failure) {
        // For those who want to know.
    }

    /**
     * A message was handed to the program: to a handler, a subscriber of a publisher, or a thread that takes it. Also if
     * it cannot be bound to its type.
     *
     * @param client the client's name
     * @param channel where it came from
     * @param lagNanos how long it has waited here, from its arrival on; for a handler that is called again, since then
     */
    default void delivered(String client, String channel, long lagNanos) {
        // For those who want to know.
    }

    /**
     * A handler, or the {@code onNext} of a subscriber of a publisher, has ended. Also if the message could not be bound,
     * so that neither was called. What the program takes itself has no end that could be seen.
     *
     * @param client the client's name
     * @param channel the message's
     * @param nanos how long it took, binding included
     * @param failed whether it threw, or the message could not be bound
     */
    default void handled(String client, String channel, long nanos, boolean failed) {
        // For those who want to know.
    }

    /**
     * Something has happened: changes of the state, failed attempts, dropped messages and all the others. On the thread of
     * the listeners ({@link BayeuxClient#listen}), before them.
     *
     * @param client the client's name
     * @param event what
     */
    default void happened(String client, ClientEvent event) {
        // For those who want to know.
    }
}
