package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import java.util.function.Function;

/**
 * A provider of full-duplex transports that have a fault.
 *
 * @param name of the transport
 * @param connectionType of the transport
 * @param faulty opens it
 */
record WithFault(String name, String connectionType, Function<TransportContext, FullDuplexTransport> faulty)
        implements
            TransportProvider {

    @Override
    public FullDuplexTransport open(TransportContext context) {
        return faulty.apply(context);
    }
}
