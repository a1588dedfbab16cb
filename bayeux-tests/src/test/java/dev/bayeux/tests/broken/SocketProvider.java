package dev.bayeux.tests.broken;

import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.LongPollingTransport;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Opens transports over some kind of {@link SocketExchanger}. */
record SocketProvider(Function<TransportContext, HttpExchanger> kind,
        UnaryOperator<TransportContext> context) implements TransportProvider {

    SocketProvider(Function<TransportContext, HttpExchanger> kind) {
        this(kind, UnaryOperator.identity());
    }

    @Override
    public String name() {
        return "socket";
    }

    @Override
    public String connectionType() {
        return LongPollingTransport.CONNECTION_TYPE;
    }

    @Override
    public RequestResponseTransport open(TransportContext given) {
        TransportContext changed = context.apply(given);
        return new LongPollingTransport(changed, kind.apply(changed));
    }
}
