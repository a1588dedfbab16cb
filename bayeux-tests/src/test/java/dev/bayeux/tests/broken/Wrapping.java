package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.util.concurrent.atomic.AtomicBoolean;

/** Make mistakes in what is around the HTTP client. */
final class Wrapping {

    private Wrapping() {
    }

    /** A provider whose name has blanks. */
    record WithBlanks(SocketProvider sound) implements TransportProvider {

        @Override
        public String name() {
            return "a transport over sockets";
        }

        @Override
        public String connectionType() {
            return sound.connectionType();
        }

        @Override
        public RequestResponseTransport open(TransportContext context) {
            return sound.open(context);
        }
    }

    /** A provider of transports that may be closed once. */
    record ClosedOnce(SocketProvider sound) implements TransportProvider {

        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public String connectionType() {
            return sound.connectionType();
        }

        @Override
        public RequestResponseTransport open(TransportContext context) {
            RequestResponseTransport transport = sound.open(context);
            AtomicBoolean closed = new AtomicBoolean();
            return new RequestResponseTransport() {

                @Override
                public String exchange(Batch batch) throws InterruptedException {
                    return transport.exchange(batch);
                }

                @Override
                public int maxBatchBytes() {
                    return transport.maxBatchBytes();
                }

                @Override
                public void dropConnection() {
                    transport.dropConnection();
                }

                @Override
                public void close() {
                    if (closed.getAndSet(true)) {
                        throw new IllegalStateException("It is closed.");
                    }
                    transport.close();
                }
            };
        }
    }
}
