package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import java.net.URI;

/** The first program of the README. */
public final class FirstProgram {

    public record Line(String user, String text) {}

    private FirstProgram() {
    }

    public static void main(String[] args) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(URI.create("http://localhost:8080/cometd"));
                var lines = client.subscribe("/chat/demo", Line.class)) {
            client.publish("/chat/demo", new Line("ann", "hello"));
            for (var message : lines) {
                System.out.println(message.channel() + ": " + message.data().text());
            }
        }
    }
}
