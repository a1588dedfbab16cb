package dev.bayeux.api;

import dev.bayeux.api.error.PayloadException;
import org.jspecify.annotations.Nullable;

/** Collects the messages of one {@link BayeuxClient#batch}. For the thread that was given it, until it returns. */
@FunctionalInterface
public interface PublishBatch {

    /**
     * Adds a message.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as in {@link BayeuxClient#publish}; turned into JSON at once
     * @throws PayloadException if the data cannot be turned into JSON
     * @throws IllegalArgumentException if the channel cannot be published to
     */
    void publish(String channel, @Nullable Object data);
}
