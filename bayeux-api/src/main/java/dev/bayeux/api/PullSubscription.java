package dev.bayeux.api;

import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.SubscribeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Gives the messages of a subscription to the program's own threads, which pull them. Any number of threads may pull;
 * each message goes to one of them. Received messages can be pulled even after the session has ended.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="pull"}
 *
 * <p><b>When a message counts as handled.</b> This concerns the position that is saved with
 * {@link ClientBuilder#replay}. A message counts as handled when the thread that pulled it asks for the next one, by
 * any method and any iterator, or at {@link #commit}, whichever is first. After
 * {@link SubscriptionBuilder#manualCommit()} only {@code commit} counts. A loop needs nothing more: the message that it
 * was handling when the program died comes again. A thread that pulls one message and ends, or leaves its loop, must
 * commit that message. Positions keep the order: while one message is not handled, no later message counts, whichever
 * thread has pulled it.
 *
 * @param <T> the type of the data
 */
public interface PullSubscription<T> extends Subscription, Iterable<Message<T>> {

    /**
     * Takes the next message, and waits for one if there is none, through lost connections and new sessions.
     *
     * @return the message
     * @throws DisconnectedException if no message is left and the client is disconnected, by either side; works again
     *             after the next connect
     * @throws SubscribeException if no message is left and the server has refused to restore the subscription in a new
     *             session. Each refusal is thrown once, by one call; later calls wait again, since the client asks
     *             again after the next handshake. {@link #state()} says whether the subscription is active
     * @throws ClientClosedException if this subscription, or the client, is closed
     * @throws PayloadException if the message cannot be bound to the type; it is consumed, counts as handled, and the
     *             next call takes the next one
     * @throws InterruptedException if the thread is interrupted; no message is lost
     */
    Message<T> take() throws InterruptedException;

    /**
     * Takes the next message, and waits for one no longer than the limit.
     *
     * @param limit the longest wait; zero or less does not wait
     * @return the message, or empty if none arrived
     * @throws DisconnectedException as in {@link #take()}, and so the others
     * @throws InterruptedException if the thread is interrupted; no message is lost
     */
    Optional<Message<T>> poll(Duration limit) throws InterruptedException;

    /**
     * Takes all messages that wait, up to a number, in one step. Waits for the first of them no longer than the limit,
     * and for no further one.
     *
     * <p>The messages are consecutive and in order. All of them count as handled when this thread asks for more, as one
     * message does. A message that cannot be bound ends the list before it, and the next call throws.
     *
     * @param max the most messages, more than zero
     * @param limit the longest wait for the first message; zero or less does not wait
     * @return the messages; empty if none arrived
     * @throws PayloadException if the first message cannot be bound to the type; it is consumed, counts as handled, and
     *             the next call takes those after it
     * @throws DisconnectedException as in {@link #take()}, and so the others
     * @throws IllegalArgumentException if {@code max} is not more than zero
     * @throws InterruptedException if the thread is interrupted; no message is lost
     */
    List<Message<T>> poll(int max, Duration limit) throws InterruptedException;

    /**
     * Marks a message as handled, on any thread. Returns when its position is saved, if no earlier message is open.
     * Does nothing without {@link ClientBuilder#replay}.
     *
     * @param message a message of this subscription; a second call with it does nothing
     * @throws IllegalArgumentException if it is not from this subscription
     */
    void commit(Message<T> message);

    /**
     * Returns an iterator over the messages to come. The loop ends when the program closes this subscription or the
     * client, or interrupts the thread, whose flag then stays set. It throws {@link DisconnectedException} if the
     * session has ended, {@link SubscribeException} once if the subscription was not restored, and
     * {@link PayloadException} at a message that cannot be bound; another iterator continues
     * after that message.
     *
     * @return an iterator for one thread
     */
    @Override
    Iterator<Message<T>> iterator();
}
