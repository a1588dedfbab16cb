package dev.bayeux.tests.docs;

import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.LongPollingTransport;

/** Opens long-polling transports over OkHttp. */
public final class OkHttpProvider implements TransportProvider {

    @Override
    public String name() {
        return "okhttp-long-polling";
    }

    @Override
    public String connectionType() {
        return LongPollingTransport.CONNECTION_TYPE;
    }

    @Override
    public RequestResponseTransport open(TransportContext context) {
        return new LongPollingTransport(context, new OkHttpExchanger(context));
    }
}
