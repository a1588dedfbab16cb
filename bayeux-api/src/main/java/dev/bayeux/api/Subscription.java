package dev.bayeux.api;

import dev.bayeux.api.error.SubscribeException;
import java.util.List;
import java.util.Optional;

/** An interest in one or more channels. It outlives sessions and ends with {@link #close()}. */
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
