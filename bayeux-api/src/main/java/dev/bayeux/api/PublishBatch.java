package dev.bayeux.api;

import dev.bayeux.api.error.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the messages of one {@link BayeuxClient#batch}. Only for the thread that received it, until the callback
 * returns.
 */
@FunctionalInterface
public interface PublishBatch {

    /**
     * Adds a message.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as in {@link BayeuxClient#publish(String, Object)}; converted to JSON at once
     * @throws PayloadException if the data cannot be converted to JSON
     * @throws IllegalArgumentException if the channel breaks the {@link ChannelRules}, is a pattern or is below
     *             {@code /meta/}
     */
    void publish(String channel, @Nullable Object data);
}
