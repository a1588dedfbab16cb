package dev.bayeux.example;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.RawJson;
import dev.bayeux.api.error.PayloadException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Publishes and receives data that needs no binding, and prints it; then binds a record, if asked to. */
public final class Plain {

    private Plain() {
    }

    public static void main(String[] args) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(URI.create(args[0])); var values = client.subscribe("/plain")) {
            client.publish("/plain", Map.of("list", List.of(1, "two")));
            System.out.println(values.poll(Duration.ofSeconds(10)).orElseThrow().data());
            client.publish("/plain", RawJson.of("[true]"));
            System.out.println(values.poll(Duration.ofSeconds(10)).orElseThrow().text());
            if (args[1].equals("bind")) {
                bind(client);
            }
        }
    }

    private static void bind(BayeuxClient client) throws InterruptedException {
        try (var lines = client.subscribe("/lines", Main.Line.class)) {
            try {
                client.publish("/lines", new Main.Line("ann", "hello"));
            } catch (PayloadException unbound) {
                System.out.println(unbound.getMessage());
            }
            client.publish("/lines", Map.of("user", "ann", "text", "hello"));
            try {
                System.out.println(lines.poll(Duration.ofSeconds(10)).orElseThrow().data());
            } catch (PayloadException unbound) {
                System.out.println(unbound.getMessage());
            }
        }
    }
}
