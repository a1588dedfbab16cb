package dev.bayeux.api;

import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PayloadException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * A subscription whose messages are taken by the program's own threads. Any number of threads may take; each message
 * goes to one of them. What has arrived can be taken also when the session has ended.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="pull"}
 *
 * <p><b>When a message counts as handled</b>, for the position that is saved with {@link ClientBuilder#replay}: when the
 * thread that has taken it asks for the next one (by any method, and any iterator), or at {@link #commit}, whichever is
 * first; after {@link SubscriptionBuilder#manualCommit()}, at {@code commit} only. A loop needs nothing more: the message
 * that it was in when the program died comes again. A thread that takes one message and ends, or leaves its loop, commits
 * that message itself, or it stays open. Positions keep the order: as long as one message is not handled, those
 * behind it are not counted, whoever has taken them.
 *
 * @param <T> the type of the data
 */
public interface PullSubscription<T> extends Subscription, Iterable<Message<T>> {

    /**
     * Takes the next message and waits for one if there is none, through lost connections and new sessions.
     *
     * @return the message
     * @throws DisconnectedException if there is none left and the client is disconnected, by either side; works again
     *             after the next connect
     * @throws ClientClosedException if this subscription, or the client, is closed
     * @throws PayloadException if the message cannot be bound to the type; it is consumed, counts as handled, and the
     *             next call takes the next one
     * @throws InterruptedException if the thread is interrupted; no message is lost
     */
    Message<T> take() throws InterruptedException;

    /**
     * Takes the next message and waits for one no longer than the limit.
     *
     * @param limit the longest wait; zero or less does not wait
     * @return the message, or empty if none came
     * @throws DisconnectedException as {@link #take()}, and so the others
     * @throws InterruptedException if the thread is interrupted; no message is lost
     */
    Optional<Message<T>> poll(Duration limit) throws InterruptedException;

    /**
     * Says that a message is handled, on any thread. Returns when its position is saved, if nothing before it is open.
     * Without {@link ClientBuilder#replay} it does nothing.
     *
     * @param message one that this subscription has given; once more does nothing
     * @throws IllegalArgumentException if it is not from this subscription
     */
    void commit(Message<T> message);

    /**
     * Iterates over the messages to come. The loop ends when the program closes this subscription or the client, or
     * interrupts the thread, whose flag is then set; it ends with {@link DisconnectedException} if the session has
     * ended, and with {@link PayloadException} at a message that cannot be bound: another iterator goes on behind it.
     *
     * @return an iterator for one thread
     */
    @Override
    Iterator<Message<T>> iterator();
}
