package dev.bayeux.transport.jetty;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.HeaderSource;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;

/** A transport opened for a test, with settings that suit most tests. */
final class Opened implements AutoCloseable {

    /** Longer than a test waits for anything else, so that running out never passes for what is waited for. */
    static final Duration LONG = Duration.ofSeconds(60);
    static final int MAX_REPLY_BYTES = 100_000;

    private final Transport transport;

    Opened(TransportProvider provider, URI uri) {
        this(provider, uri, LONG, Map::of);
    }

    Opened(TransportProvider provider, URI uri, Duration connectTimeout, HeaderSource headers) {
        transport = provider.open(TransportContext.to(uri).withHeaders(headers).withConnectTimeout(connectTimeout)
                .withMaxReplyBytes(MAX_REPLY_BYTES));
    }

    String send(String text) throws InterruptedException {
        return send(text, LONG);
    }

    String send(String text, Duration limit) throws InterruptedException {
        return transport.send(new Batch(text, limit));
    }

    /** Sends on a thread of its own. */
    FutureTask<String> sendAside(String text) {
        var sending = new FutureTask<>(() -> send(text));
        Thread.ofVirtual().name("test-sender").start(sending);
        return sending;
    }

    @Override
    public void close() {
        transport.close();
    }
}
