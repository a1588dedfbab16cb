package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.contract.Arrivals;
import dev.bayeux.tests.interop.Http;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/** One transport on its way to a server, whether answers come back from {@code send} or to the inbox. */
final class Way implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Arrivals arrived = new Arrivals(LIMIT);
    private final Transport transport;

    Way(Http http, TransportContext context) {
        Assumptions.assumeFalse(http == Http.OKHTTP, "it is an example, which takes no proxies and no TLS settings");
        transport = http.provider().open(context.withInbox(arrived));
    }

    Way(Http http, URI uri, HttpSettings settings) {
        this(http, TransportContext.to(uri).withHttp(settings));
    }

    /** Sends and waits for the answer. */
    Object exchange(String text) throws InterruptedException {
        Batch batch = new Batch(text, LIMIT);
        return switch (transport) {
            case RequestResponseTransport requests -> requests.exchange(batch);
            case FullDuplexTransport connection -> {
                connection.send(batch);
                yield arrived.take();
            }
        };
    }

    TransportException failure() {
        return assertThrows(TransportException.class, () -> exchange("[]"));
    }

    @Override
    public void close() {
        transport.close();
    }
}
