package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import java.net.URI;

/** The code of docs/write-a-transport.md that is not in {@link OkHttpProvider} or {@link OkHttpExchanger}. */
final class TransportRecipes {

    private TransportRecipes() {
    }

    static void useATransport(URI uri) throws InterruptedException {
        BayeuxClient client = BayeuxClient.builder(uri).transports(new OkHttpProvider()).connect();
        BayeuxClient other = BayeuxClient.builder(uri).transports("okhttp-long-polling").connect();
        client.close();
        other.close();
    }
}
