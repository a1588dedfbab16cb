package dev.bayeux.example;

import dev.bayeux.api.BayeuxClient;
import java.net.URI;
import java.time.Duration;

/** Subscribes, publishes, receives its own message, and prints it with the modules that were resolved. */
public final class Main {

    /** What is said. */
    public record Line(String user, String text) {
    }

    private Main() {
    }

    public static void main(String[] args) throws InterruptedException {
        try (BayeuxClient client = connect(URI.create(args[0]), args[1]);
                var lines = client.subscribe("/chat/demo", Line.class)) {
            client.publish("/chat/demo", new Line("module", "hello"));
            System.out.println(lines.poll(Duration.ofSeconds(10)).orElseThrow().data());
        }
        ModuleLayer.boot().modules().stream().map(Module::getName).filter(name -> name.startsWith("dev.bayeux"))
                .sorted().forEach(System.out::println);
    }

    private static BayeuxClient connect(URI server, String transport) throws InterruptedException {
        return transport.equals("any")
                ? BayeuxClient.connect(server)
                : BayeuxClient.builder(server).transports(transport).addExtension("timesync").connect();
    }
}
