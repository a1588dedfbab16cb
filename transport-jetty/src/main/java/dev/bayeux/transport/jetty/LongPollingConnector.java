package dev.bayeux.transport.jetty;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Makes connections whose idle timeout counts only between requests, at no cost for a request. Each request of a transport
 * turns the idle timeout off, and its response turns it on again. Jetty's own connection would cancel and start a timer each
 * time, which wakes the timer's thread for each request.
 */
final class LongPollingConnector extends ClientConnector {

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return channel instanceof SocketChannel socket
                ? new LongPollingEndPoint(socket, selector, key, getScheduler())
                : super.newEndPoint(channel, selector, key);
    }

    /** Keeps the timer running during a request, and ignores its expiry until the response has arrived. */
    private static final class LongPollingEndPoint extends SocketChannelEndPoint {

        private volatile boolean requested;

        LongPollingEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public void setIdleTimeout(long millis) {
            if (millis == 0 && getIdleTimeout() > 0) {
                requested = true;
                return;
            }
            // The idle time begins at the end of the request.
            notIdle();
            requested = false;
            if (millis != getIdleTimeout()) {
                super.setIdleTimeout(millis);
            }
        }

        @Override
        protected void onIdleExpired(TimeoutException timeout) {
            if (!requested) {
                super.onIdleExpired(timeout);
            }
        }
    }
}
