package dev.bayeux.api;

import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Publishes through outages: sends each message when a session exists, and retries it until the server has accepted it,
 * or a limit of {@link OutboxLimits} is reached. Messages are kept in memory and are gone with the process.
 *
 * <p><b>What ends a message.</b> The server accepts it; the Bayeux server refuses it for a reason that does not pass; the
 * message alone is longer than the transport or the server accepts (HTTP status 413 or 414, close code 1009); a limit is
 * reached; or the client is closed. No other answer ends a message: a load balancer's 404, 403 or 302 says nothing about
 * it, and the message is retried. Messages that are too long together are sent in smaller batches.
 *
 * <p><b>Time between attempts.</b> After a batch that was not accepted the outbox waits as the client's {@link Backoff}
 * says, and for as long as the server asks for with {@code Retry-After}, but no longer than
 * {@link OutboxLimits#deadline()}, or {@link ClientBuilder#longestServerWait} if there is no deadline.
 *
 * <p><b>Duplicates.</b> A message is retried if it was certainly not sent, if the server's answer to it was lost, and if
 * the server refused it for a reason that passes. In the second case the server may have processed it, and then it
 * processes it again: <i>at least once</i>. If the server refuses that attempt, the outcome is
 * {@link PublishException.Outcome#UNKNOWN UNKNOWN}, and the cause is the refusal. A program that cannot accept
 * duplicates puts an id into the data, by which receivers recognize a duplicate, or sets {@link OutboxLimits#maxAttempts()} to 1, which is <i>at most once</i>.
 *
 * <p><b>Order.</b> Messages are sent in the order in which they were put in, and no message is sent before those ahead of
 * it are either settled or sent with it. A batch that is too long for one request leaves in several; if one of these fails,
 * the rest of the batch waits until its messages are retried. If one message of a batch must be retried, those after it
 * that were accepted are ahead of it. {@link #publishInOrder} prevents this, at the cost of one request for each message of a key.
 *
 * <p>Safe for use by any number of threads.
 */
public interface Outbox {

    /**
     * Adds a message to the outbox and returns at once.
     *
     * @param channel a channel, not a pattern and not below {@code /meta/}
     * @param data as in {@link BayeuxClient#publish(String, Object)}; converted to JSON before this method returns
     * @return completes with the server's reply when it has accepted the message; fails with a {@link PublishException}, whose outcome
     *         says whether the server can have processed it. Every future completes, at the latest when the client is
     *         closed. Cancelling this future withdraws the message, unless it is in flight or about to be sent;
     *         cancelling a stage that depends on it does not. Dependent stages run one after the other on a thread of the client that does
     *         nothing else; results that wait for that count as messages in the outbox
     * @throws PublishException if the outbox is full; the message was rejected
     * @throws PayloadException if the data cannot be converted to JSON
     * @throws ClientClosedException if the client is closed
     * @throws IllegalArgumentException if the channel breaks the {@link ChannelRules}, is a pattern or is below
     *             {@code /meta/}
     */
    CompletableFuture<PublishReply> publish(String channel, @Nullable Object data);

    /**
     * Adds a message that follows all earlier messages of its key: it is sent only when each of them is settled, so at most
     * one message of a key is in flight, and a retry never lets a later message of the key overtake it. Messages of other
     * keys, and those without a key, are not held back. For strict order in a channel use the channel as the key. A message
     * that fails does not stop those after it; its future reports the failure.
     *
     * @param key any text, such as the channel, or the id of what the message is about
     * @param channel as in {@link #publish}
     * @param data as in {@link #publish}
     * @return as in {@link #publish}
     * @throws PublishException if the outbox is full; the message was rejected
     * @throws PayloadException if the data cannot be converted to JSON
     * @throws ClientClosedException if the client is closed
     * @throws IllegalArgumentException if the channel breaks the {@link ChannelRules}, is a pattern or is below
     *             {@code /meta/}
     */
    CompletableFuture<PublishReply> publishInOrder(String key, String channel, @Nullable Object data);

    /** {@return the number of messages that are not settled: waiting, or in flight} */
    int size();
}
