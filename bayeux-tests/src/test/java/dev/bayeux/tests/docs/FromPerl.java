package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.Subscription;
import java.lang.System.Logger;
import java.net.URI;
import java.util.Map;

/** What docs/moving-from-perl.md shows of this client, compiled. */
final class FromPerl {

    private static final Logger log = System.getLogger("chat");

    private FromPerl() {
    }

    static void program() throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(
                URI.create("http://127.0.0.1/cometd"));
                var events = client.subscribe("/chat/demo")) {
            client.publish("/chat/demo", Map.of(
                    "user", "ann",
                    "chat", "here I am",
                    "join", true));
            for (var message : events) {
                System.err.println(message.text());
            }
        }
    }

    static BayeuxClient spawn() {
        BayeuxClient client = BayeuxClient
                .builder(URI.create("https://comet.example.com:8443/cometd"))
                .name("comet")
                .dialect(Dialect.DRAFT_1)
                .onError(failure -> log.log(
                        Logger.Level.ERROR, "comet", failure.cause()))
                .build();
        return client;
    }

    static void session(BayeuxClient client) throws InterruptedException {
        client.connect();
        Subscription events = client.subscribe("/chat/demo",
                message -> handle(message.text()));
        client.publish("/chat/demo", "hello");
        events.close();
        client.reconnect();
        client.disconnect();
        client.close();
    }

    static void watch(BayeuxClient client) {
        client.listen(event -> {
            if (event instanceof ClientEvent.StateChanged changed) {
                log.log(Logger.Level.INFO, changed.now().status());
            }
        });
    }

    private static void handle(String text) {
        System.out.println(text);
    }
}
