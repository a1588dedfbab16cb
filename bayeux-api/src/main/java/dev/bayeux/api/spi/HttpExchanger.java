package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * An HTTP client, seen from {@link LongPollingTransport} and {@link CallbackPollingTransport}: a request goes out, its response comes back. Redirects are
 * not followed, nothing is repeated and cookies are left alone, since the caller sees to all of that. So it does to
 * compression: what an HTTP client has not undone by itself it leaves alone, with its {@code Content-Encoding}.
 */
public interface HttpExchanger extends AutoCloseable {

    /**
     * Sends one request, once, and waits for its whole response. Called by several threads at once.
     *
     * @param call what to send, how long it may take, and where the bytes of the response go
     * @return the response's status and headers
     * @throws TransportException if the implementation knows better than the type of an {@code IOException} can say
     *             what happened, and whatever {@link ReplyBuffer#append} throws
     * @throws TimeoutException if {@link HttpCall#limit()} is over; the exchange is aborted
     * @throws IOException if the exchange failed
     * @throws InterruptedException if the thread is interrupted; the exchange is aborted
     */
    HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException;

    /**
     * Sends later requests over connections that are made for them: those that are open may be dead without a sign of it.
     * Requests that are under way go on. Called on any thread; does not wait for the network. Does nothing unless
     * overridden.
     *
     * @see Transport#dropConnection()
     */
    default void dropConnections() {
        // As much as can be done with a client that somebody else has made.
    }

    /** Aborts what is under way and frees what this exchanger holds. May be called twice; does not wait. */
    @Override
    void close();
}
