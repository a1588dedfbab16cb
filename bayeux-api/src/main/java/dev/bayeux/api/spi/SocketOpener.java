package dev.bayeux.api.spi;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A WebSocket client, seen from {@link WebSocketTransport}: it asks a server for a socket. Redirects are not followed,
 * nothing is repeated, cookies are left alone and no idle timeout ends a socket, since the caller sees to all of that.
 */
public interface SocketOpener extends AutoCloseable {

    /**
     * Asks for one socket. Does not wait for the network.
     *
     * @param call where to ask, with which headers, for how long at most, and who listens to the socket
     * @return completes when the server has answered. It fails with an {@link IOException} if no connection could be
     *         made, within the time for connecting of the transport's context, or it was lost, with a {@link java.util.concurrent.TimeoutException} if {@link SocketCall#limit()} has
     *         passed, or with a {@link dev.bayeux.api.error.TransportException} if the implementation knows better than
     *         the type of an exception can say what happened. Whoever cancels it wants no socket any more: one that is
     *         still made is aborted
     * @throws InterruptedException if the thread is interrupted
     */
    CompletableFuture<SocketReply> open(SocketCall call) throws InterruptedException;

    /**
     * Frees what this opener holds. Called when no socket of it is in use any more; may be called twice, and does not
     * wait.
     */
    @Override
    void close();
}
