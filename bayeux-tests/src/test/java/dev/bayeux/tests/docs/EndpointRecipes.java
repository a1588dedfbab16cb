package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Endpoint;
import java.net.URI;
import java.time.Instant;

/** The code of docs/endpoints.md. */
abstract class EndpointRecipes {

    interface Token {

        String text();

        Instant end();
    }

    abstract Token fetchToken();

    BayeuxClient severalServers() throws InterruptedException {
        BayeuxClient client = BayeuxClient
                .builder(URI.create("https://a.example/cometd"), URI.create("https://b.example/cometd")).connect();
        return client;
    }

    BayeuxClient anotherAddress() throws InterruptedException {
        Endpoint server = Endpoint.of(URI.create("https://a.example/cometd"))
                .withUrl("websocket", URI.create("wss://sockets.a.example/cometd"));
        BayeuxClient client = BayeuxClient.builder(server).transports("jdk-websocket", "jdk-long-polling").connect();
        return client;
    }

    void expiring(ClientBuilder builder) {
        builder.credentials(refused -> {
            Token token = fetchToken();
            return Credentials.bearer(token.text()).expiringAt(token.end());
        });
    }
}
