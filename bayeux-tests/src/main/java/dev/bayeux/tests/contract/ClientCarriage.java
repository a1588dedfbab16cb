package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
        Transport transport = proven.open(context);
        AtomicInteger underWay = new AtomicInteger();
        return new Transport() {

            @Override
            public @Nullable String send(Batch batch) throws InterruptedException {
                int now = underWay.incrementAndGet();
                most.accumulateAndGet(now, Math::max);
                try {
                    return transport.send(batch);
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
        };
    }
}
