package dev.bayeux.api;

import dev.bayeux.api.error.SubscribeException;
import java.util.List;
import java.util.Optional;

/**
 * An interest in one or more channels (Bayeux 1.0, "subscribe"; protocol.md C-63 to C-72).
 *
 * <p><b>Life.</b> It begins when the server has said yes, and outlives sessions: after each handshake the server is asked
 * again, before the client calls itself connected. A server that then says no makes it {@link SubscriptionState#REJECTED},
 * and is asked again in the next session. It ends with {@link #close()}, with the client, with a full queue
 * ({@link Overflow#CLOSE}) or with a handler that fails ({@link OnHandlerFailure#STOP}).
 *
 * <p><b>Several in one client.</b> Subscriptions of the same channel share what the server knows of it, and each gets every
 * message, once, also if several of its channels match.
 *
 * <p><b>Order and limits.</b> Messages come in the order in which the server has sent them, through a queue of
 * {@link Limits#maxWaitingMessages()} messages unless {@link SubscriptionBuilder#queue} says otherwise.
 *
 * <p><b>Threads.</b> All methods may be called on any thread, in every callback; none of them waits for the server.
 */
public interface Subscription extends AutoCloseable {

    /**
     * {@return the channels and patterns, as they were asked for}
     */
    List<String> channels();

    /**
     * {@return where this subscription is: the least of what its channels are}
     */
    SubscriptionState state();

    /**
     * {@return why the server refused to restore it, while the state is {@link SubscriptionState#REJECTED}}
     */
    Optional<SubscribeException> failure();

    /**
     * {@return how often the client has stopped asking for more because this queue was full ({@link Overflow#PAUSE})}
     */
    long pauses();

    /**
     * {@return how many messages were dropped because the queue was full, since the beginning}
     */
    long dropped();

    /**
     * Ends the subscription here at once and tells the server, without waiting for its answer, if nobody else in this
     * client listens to the channel. What is queued is dropped; a handler that is running finishes. May be called again
     * and in every state.
     */
    @Override
    void close();
}
