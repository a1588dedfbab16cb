package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import java.net.URI;

/** What docs/getting-started.md builds. */
public final class FirstSteps {

    public record Price(String symbol, long amount) {}

    private FirstSteps() {
    }

    public static void main(String[] args) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(URI.create("http://localhost:8080/cometd"));
                var prices = client.subscribe("/prices/*", Price.class)) {
            client.publish("/prices/EU", new Price("EU", 3));
            for (var message : prices) {
                System.out.println(message.channel() + " " + message.data().amount());
            }
        }
    }
}
