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
        AtomicInteger underWay = new AtomicInteger();
        return switch (proven.open(context)) {
            case RequestResponseTransport requests -> new CountedRequests(requests, underWay);
            case FullDuplexTransport connection -> new CountedWrites(connection, underWay);
        };
    }

    private void begin(AtomicInteger underWay) {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    }

    private final class CountedRequests implements RequestResponseTransport {

        private final RequestResponseTransport transport;
        private final AtomicInteger underWay;

        CountedRequests(RequestResponseTransport transport, AtomicInteger underWay) {
            this.transport = transport;
            this.underWay = underWay;
        }

        @Override
        public String exchange(Batch batch) throws InterruptedException {
            begin(underWay);
            try {
                return transport.exchange(batch);
            } finally {
                underWay.decrementAndGet();
            }
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
            transport.close();
        }
    }

    private final class CountedWrites implements FullDuplexTransport {

        private final FullDuplexTransport transport;
        private final AtomicInteger underWay;

        CountedWrites(FullDuplexTransport transport, AtomicInteger underWay) {
            this.transport = transport;
            this.underWay = underWay;
        }

        @Override
        public void send(Batch batch) throws InterruptedException {
            begin(underWay);
            try {
                transport.send(batch);
            } finally {
                underWay.decrementAndGet();
            }
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
            transport.close();
        }
    }
}
