package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Transport;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Sends an HTTP request and receives its response, for {@link LongPollingTransport} and
 * {@link CallbackPollingTransport}. An implementation must not follow redirects, repeat requests or handle cookies,
 * since the caller does that. It leaves content that it has not decoded unchanged, with its {@code Content-Encoding};
 * the caller decodes it.
 */
public interface HttpExchanger extends AutoCloseable {

    /**
     * Sends one request, once, and waits for its whole response. Several threads may call it at once.
     *
     * @param call the request, its limit, and the buffer for the bytes of the response
     * @return the response's status and headers
     * @throws TransportException if the implementation knows more than the type of an {@code IOException} can say, and
     *             whatever {@link ReplyBuffer#append} throws
     * @throws TimeoutException if {@link HttpCall#limit()} has passed, also while connecting; the exchange is aborted
     * @throws IOException if the exchange failed. A {@link java.net.ConnectException} or
     *             {@link java.net.NoRouteToHostException}, and a {@link java.net.UnknownHostException},
     *             {@link javax.net.ssl.SSLHandshakeException} or {@link javax.net.ssl.SSLPeerUnverifiedException} also
     *             as a cause, say that nothing was sent; a {@link java.net.ProtocolException} says that the response is
     *             not HTTP; any other says that the request may have arrived
     * @throws InterruptedException if the thread is interrupted; the exchange is aborted
     */
    HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException;

    /**
     * Uses new connections for later requests, since open ones may be dead without a sign. Requests in flight continue,
     * but their connections serve no later request.
     * May be called on any thread; must not wait for the network. Does nothing by default,
     * which is right only for a client that keeps no connection.
     *
     * @see Transport#dropConnection()
     */
    default void dropConnections() {
        // An HTTP client of the program may have other users.
    }

    /** Aborts requests in flight and frees everything. May be called twice; must not wait. */
    @Override
    void close();
}
