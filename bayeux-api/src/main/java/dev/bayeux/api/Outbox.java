package dev.bayeux.api;

import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through outages: what is put here is sent when there is a session, and sent again until the server has
 * accepted it, or a limit of {@link OutboxLimits} is reached. It is kept in memory and is gone with the process.
 *
 * <p><b>Duplicates.</b> A message is sent again if it was not sent for sure, if the server's answer to it was lost, and
 * if the server refused it for a reason that passes. In the second case the server may have processed it, and then it
 * processes it again: <i>at least once</i>. Who cannot bear that puts an id of his own into the data, by which receivers
 * know a duplicate, or sets {@link OutboxLimits#maxAttempts()} to 1, which is <i>at most once</i>.
 *
 * <p><b>Order.</b> Messages are sent in the order in which they were put in, and no message is sent before those ahead of
 * it are either settled or sent with it. If one of a batch must be sent again, those behind it that were accepted are
 * ahead of it.
 *
 * <p>Safe for use by any number of threads.
 */
public interface Outbox {

    /**
     * Puts a message in and returns at once.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as in {@link BayeuxClient#publish}; turned into JSON before this method returns
     * @return completes when the server has accepted the message; fails with a {@link PublishException}, whose outcome
     *         says how sure it is that the server has not processed it: refused for good, or longer than the transport can
     *         carry, or a limit was reached, or the client was closed. Cancelling it takes the message back, unless it is on its way.
     *         What is hung on it runs on a thread of the client that does nothing else, one after the other; results
     *         that wait for that count as messages in the outbox
     * @throws PublishException if the outbox is full; the message was not taken
     * @throws PayloadException if the data cannot be turned into JSON
     * @throws ClientClosedException if the client is closed
     * @throws IllegalArgumentException if the channel cannot be published to
     */
    CompletableFuture<@Nullable Void> publish(String channel, @Nullable Object data);

    /**
     * {@return how many messages are not settled: waiting, or on their way}
     */
    int size();
}
