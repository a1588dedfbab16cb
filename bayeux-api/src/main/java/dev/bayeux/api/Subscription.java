package dev.bayeux.api;

import dev.bayeux.api.error.SubscribeException;
import java.util.List;
import java.util.Optional;

/**
 * Represents the program's interest in one or more channels (Bayeux 1.0, "subscribe"; protocol.md C-63 to C-72).
 *
 * <p><b>Life.</b> A subscription begins when the server has agreed, and outlives sessions. The client restores it after
 * each handshake, before it reports itself as connected. If the server then refuses, the subscription is
 * {@link SubscriptionState#REJECTED}, and the client asks again in the next session. It ends with {@link #close()},
 * with the client, with a full queue ({@link Overflow#CLOSE}) or with a failed handler ({@link OnHandlerFailure#STOP}).
 *
 * <p><b>Several in one client.</b> Subscriptions of the same channel share one subscription at the server. Each
 * receives every message once, even if several of its channels match.
 *
 * <p><b>Order and limits.</b> Messages come in the order in which the server has sent them, through a queue of
 * {@link Limits#maxWaitingMessages()} messages unless {@link SubscriptionBuilder#queue} sets another limit.
 *
 * <p><b>Threads.</b> All methods are safe for any number of threads and in every callback. None of them waits for the
 * server.
 */
public interface Subscription extends AutoCloseable {

    /** {@return the channels and patterns, as the program gave them} */
    List<String> channels();

    /** {@return the state: the least advanced state of its channels} */
    SubscriptionState state();

    /**
     * {@return why the server has refused it, while the state is {@link SubscriptionState#REJECTED}; or while the client
     * retries after a refusal that may pass, and the state is {@link SubscriptionState#REQUESTED}}
     */
    Optional<SubscribeException> failure();

    /**
     * {@return how often the client has stopped asking the server for more because this queue was full
     * ({@link Overflow#PAUSE})}
     */
    long pauses();

    /** {@return how many messages the client has dropped because this queue was full} */
    long dropped();

    /**
     * Ends the subscription at once and discards its queue. Tells the server, without waiting for the answer, if no
     * other subscription of this client has the channel. A running handler finishes. May be called again and in every
     * state.
     */
    @Override
    void close();
}
