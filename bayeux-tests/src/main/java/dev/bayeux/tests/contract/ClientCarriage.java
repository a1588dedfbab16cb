package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The transport to prove, with a count of what each client sends at the same time. A server cannot count that exactly: a
 * client may have the answer before the server knows that it is sent.
 */
final class ClientCarriage implements TransportProvider {

    private final TransportProvider proven;
    private final AtomicInteger most = new AtomicInteger();

    ClientCarriage(TransportProvider proven) {
        this.proven = proven;
    }

    /** The largest number of batches that one transport was carrying at the same time. */
    int mostAtOnce() {
        return most.get();
    }

    @Override
    public String name() {
        return proven.name();
    }

    @Override
    public String connectionType() {
        return proven.connectionType();
    }

    @Override
    public Transport open(TransportContext context) {
        return switch (proven.open(context)) {
            case RequestResponseTransport requests -> new CountedRequests(requests);
            case FullDuplexTransport connection -> new CountedWrites(connection);
        };
    }

    /** What both kinds of transport have in common: the count, and the calls that are not counted. */
    @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // its subclasses implement Transport with them
    private abstract class Counted<T extends Transport> {

        final T transport;
        private final AtomicInteger underWay = new AtomicInteger();

        Counted(T transport) {
            this.transport = transport;
        }

        void begin() {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        }

        void end() {
            underWay.decrementAndGet();
        }

        public int maxBatchBytes() {
            return transport.maxBatchBytes();
        }

        public void dropConnection() {
            transport.dropConnection();
        }

        public void close() {
            transport.close();
        }
    }

    private final class CountedRequests extends Counted<RequestResponseTransport>
            implements
                RequestResponseTransport {

        CountedRequests(RequestResponseTransport transport) {
            super(transport);
        }

        @Override
        public String exchange(Batch batch) throws InterruptedException {
            begin();
            try {
                return transport.exchange(batch);
            } finally {
                end();
            }
        }
    }

    private final class CountedWrites extends Counted<FullDuplexTransport> implements FullDuplexTransport {

        CountedWrites(FullDuplexTransport transport) {
            super(transport);
        }

        @Override
        public void send(Batch batch) throws InterruptedException {
            begin();
            try {
                transport.send(batch);
            } finally {
                end();
            }
        }
    }
}
