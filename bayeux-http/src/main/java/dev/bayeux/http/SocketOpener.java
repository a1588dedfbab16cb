package dev.bayeux.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Opens WebSockets, for {@link WebSocketTransport}. An implementation must not follow redirects, repeat requests,
 * handle cookies, or end a socket by an idle timeout, since the caller does all of that.
 */
public interface SocketOpener extends AutoCloseable {

    /**
     * Asks a server for one socket. Does not wait for the network.
     *
     * @param call the request, its limit, and the listener for the socket
     * @return completes when the server has answered. It fails with an {@link IOException} if no connection could be
     *         made within the connect timeout of the transport's context, or if it was lost. It fails with a
     *         {@link java.util.concurrent.TimeoutException} if {@link SocketCall#limit()} has passed, and with a
     *         {@link dev.bayeux.api.error.TransportException} if the implementation knows more than the type of an
     *         exception can say. If the caller cancels it, a socket that still opens is aborted
     * @throws InterruptedException if the thread is interrupted
     */
    CompletableFuture<SocketReply> open(SocketCall call) throws InterruptedException;

    /**
     * Frees everything that this opener holds. Called when none of its sockets is in use; may be called twice, and must
     * not wait.
     */
    @Override
    void close();
}
