package dev.bayeux.core.transport;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.util.ArrayList;
import java.util.List;

/** A full-duplex transport that no server answers, and its provider. */
class FakeSocket implements FullDuplexTransport, TransportProvider {

    final List<String> written = new ArrayList<>();
    int dropped;

    @Override
    public String name() {
        return "fake-full-duplex";
    }

    @Override
    public String connectionType() {
        return "websocket";
    }

    @Override
    public FullDuplexTransport open(TransportContext context) {
        return this;
    }

    @Override
    public void send(Batch batch) {
        written.add(batch.text());
    }

    @Override
    public void dropConnection() {
        dropped++;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
