package dev.bayeux.tests.carrier;

import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;

/** Opens transports over plain TCP. */
public final class TcpProvider implements TransportProvider {

    /** Opens nothing yet. */
    public TcpProvider() {
    }

    @Override
    public String name() {
        return "plain-tcp";
    }

    @Override
    public String connectionType() {
        return "tcp";
    }

    @Override
    public FullDuplexTransport open(TransportContext context) {
        return new TcpTransport(context);
    }
}
