package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ReplyLimit;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Wait for the wrong things. */
final class Blocking {

    private Blocking() {
    }

    /** As an HTTP client does whose pool has one connection. */
    static final class OneConnection extends SocketExchanger {

        private final ReentrantLock turn = new ReentrantLock(true);

        OneConnection(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            turn.lockInterruptibly();
            try {
                return super.exchange(call);
            } finally {
                turn.unlock();
            }
        }
    }

    static final class Uninterruptible extends SocketExchanger {

        Uninterruptible(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpReply await(Exchange exchange, ReplyLimit limit) throws ExecutionException, TimeoutException {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return limit.await(exchange.outcome);
                    } catch (InterruptedException ignored) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** As java.net.http does when only the request has a timeout. */
    static final class HeaderLimit extends SocketExchanger {

        HeaderLimit(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpReply await(Exchange exchange, ReplyLimit limit)
                throws ExecutionException, InterruptedException, TimeoutException {
            try {
                return super.await(exchange, limit);
            } catch (TimeoutException late) {
                if (!exchange.line.hasHeaders()) {
                    throw late;
                }
                return exchange.outcome.get(1, TimeUnit.DAYS);
            }
        }
    }

    /** As if the limit were for all of the response. */
    static final class WholeLimit extends SocketExchanger {

        WholeLimit(TransportContext context) {
            super(context);
        }

        @Override
        protected HttpReply await(Exchange exchange, ReplyLimit limit)
                throws ExecutionException, InterruptedException, TimeoutException {
            return exchange.outcome.get(limit.left().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    static final class ReadTimeout extends SocketExchanger {

        private final int millis;

        ReadTimeout(TransportContext context) {
            super(context);
            millis = (int) context.connectTimeout().toMillis();
        }

        @Override
        protected HttpLine connect(URI uri, HttpLine line) throws IOException {
            HttpLine connected = super.connect(uri, line);
            connected.socket().setSoTimeout(millis);
            return connected;
        }
    }

    /** One connection to each server, which all transports share. */
    static final class OneConnectionForAll extends SocketExchanger {

        private static final Map<String, ReentrantLock> TURNS = new ConcurrentHashMap<>();

        OneConnectionForAll(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            ReentrantLock turn = TURNS.computeIfAbsent(call.uri().getAuthority(), server -> new ReentrantLock(true));
            turn.lockInterruptibly();
            try {
                return super.exchange(call);
            } finally {
                turn.unlock();
            }
        }
    }

    /** As an HTTP client does whose pool is small, and whose queue is smaller. */
    static final class FewRequests extends SocketExchanger {

        private static final int MOST = 3;

        FewRequests(TransportContext context) {
            super(context);
        }

        @Override
        public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
            if (underWay.size() >= MOST) {
                throw new IOException("There are too many requests.");
            }
            return super.exchange(call);
        }
    }
}
