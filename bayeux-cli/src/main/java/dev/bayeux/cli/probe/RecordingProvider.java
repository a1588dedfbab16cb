package dev.bayeux.cli.probe;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Provides a transport that records each exchange and its duration. */
final class RecordingProvider implements TransportProvider {

    private final TransportProvider carrier;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    /** A request, its reply, and the time between them; the reply is empty if there was none. */
    record Exchange(String sent, String reply, Duration time) {}

    RecordingProvider(TransportProvider carrier) {
        this.carrier = carrier;
    }

    /** Returns the exchanges in the order in which they ended. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    @Override
    public String name() {
        return carrier.name();
    }

    @Override
    public String connectionType() {
        return carrier.connectionType();
    }

    @Override
    public Transport open(TransportContext context) {
        return switch (carrier.open(context)) {
            case RequestResponseTransport requests -> new RecordedRequests(requests);
            case FullDuplexTransport connection -> new RecordedWrites(connection);
        };
    }

    private void record(Batch batch, String reply, long start) {
        exchanges.add(new Exchange(batch.text(), reply, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** Delegates the methods that need no record, for both kinds of transport. */
    @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // its subclasses implement Transport with them
    private abstract static class Recorded<T extends Transport> {

        final T transport;

        Recorded(T transport) {
            this.transport = transport;
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

    private final class RecordedRequests extends Recorded<RequestResponseTransport>
            implements
                RequestResponseTransport {

        RecordedRequests(RequestResponseTransport transport) {
            super(transport);
        }

        @Override
        public String exchange(Batch batch) throws InterruptedException {
            long start = System.nanoTime();
            try {
                String reply = transport.exchange(batch);
                record(batch, reply, start);
                return reply;
            } catch (TransportException failed) {
                record(batch, "", start);
                throw failed;
            }
        }
    }

    private final class RecordedWrites extends Recorded<FullDuplexTransport> implements FullDuplexTransport {

        RecordedWrites(FullDuplexTransport transport) {
            super(transport);
        }

        @Override
        public void send(Batch batch) throws InterruptedException {
            long start = System.nanoTime();
            try {
                transport.send(batch);
            } finally {
                record(batch, "", start);
            }
        }
    }
}
