package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpReply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Do not end what they should. */
final class Leaving {

    private Leaving() {
    }

    static final class Undropped extends SocketExchanger {

        Undropped(TransportContext context) {
            super(context);
        }

        @Override
        public void dropConnections() {
            // As one that was written before there was such a thing.
        }
    }

    /** Forgets those that are in use. */
    static final class IdleDropped extends SocketExchanger {

        IdleDropped(TransportContext context) {
            super(context);
        }

        @Override
        protected boolean isRecent(Exchange exchange) {
            return true;
        }
    }

    /** Uses connections without a look at them. */
    static final class Unseen extends SocketExchanger {

        Unseen(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine newLine() {
            return new HttpLine() {
                @Override
                protected boolean isStale() {
                    return false;
                }
            };
        }
    }

    /** Leaves a connection open over which something came that is not HTTP, as the JDK does. */
    static final class Unreadable extends SocketExchanger {

        private final Set<Exchange> left = ConcurrentHashMap.newKeySet();

        Unreadable(TransportContext context) {
            super(context);
        }

        @Override
        protected void leave(Exchange exchange, Exception failed) {
            if (failed instanceof ProtocolException) {
                left.add(exchange);
            } else {
                super.leave(exchange, failed);
            }
        }

        @Override
        public void close() {
            super.close();
            left.forEach(exchange -> exchange.line.close());
        }
    }

    /** Forgets in close what is still connecting. */
    static final class ConnectingRequests extends SocketExchanger {

        ConnectingRequests(TransportContext context) {
            super(context);
        }

        @Override
        protected void begin(Exchange exchange) {
            super.begin(exchange);
            underWay.remove(exchange);
        }

        @Override
        protected HttpReply roundTrip(Exchange exchange, HttpLine line) throws IOException {
            underWay.add(exchange);
            return super.roundTrip(exchange, line);
        }
    }

    /** Waits in close. */
    static final class HangsInClose extends SocketExchanger {

        HangsInClose(TransportContext context) {
            super(context);
        }

        @Override
        public void close() {
            for (Exchange exchange : underWay) {
                exchange.outcome.handle((reply, failure) -> true).join();
            }
            super.close();
        }
    }

    static final class NeverClosed extends SocketExchanger {

        private final TransportContext context;
        private volatile @Nullable SocketExchanger other;

        NeverClosed(TransportContext context) {
            super(context);
            this.context = context;
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            SocketExchanger next = other;
            return next == null ? super.exchange(call) : next.exchange(call);
        }

        @Override
        public void close() {
            super.close();
            other = new SocketExchanger(context);
        }
    }

    static final class Connections extends SocketExchanger {

        Connections(TransportContext context) {
            super(context);
        }

        @Override
        protected void closeIdle(Deque<HttpLine> lines) {
            // They stay open.
        }
    }

    static final class PlatformThread extends SocketExchanger {

        PlatformThread(TransportContext context) {
            super(context);
            Thread.ofPlatform().daemon().name("left behind").start(Leaving::stay);
        }
    }

    static final class VirtualThread extends SocketExchanger {

        private final CountDownLatch never = new CountDownLatch(1);

        VirtualThread(TransportContext context) {
            super(context);
            Thread.ofVirtual().name("left behind").start(() -> {
                try {
                    never.await();
                } catch (InterruptedException impossible) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Stops waiting, but leaves the request where it is. */
    static final class AbortedRequests extends SocketExchanger {

        private final Set<Exchange> abandoned = ConcurrentHashMap.newKeySet();

        AbortedRequests(TransportContext context) {
            super(context);
        }

        @Override
        protected void abort(Exchange exchange) {
            abandoned.add(exchange);
        }

        @Override
        public void close() {
            super.close();
            abandoned.forEach(super::abort);
        }
    }

    private static void stay() {
        while (!Thread.interrupted()) {
            LockSupport.park();
        }
    }

    /** Takes a server that was away once for one that never comes back. */
    static final class Resigning extends SocketExchanger {

        private volatile boolean away;

        Resigning(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpLine connect(URI uri, HttpLine line) throws IOException {
            if (away) {
                throw new ConnectException("The server was away.");
            }
            try {
                return super.connect(uri, line);
            } catch (ConnectException refused) {
                away = true;
                throw refused;
            }
        }
    }
}
