package com.example;

import dev.bayeux.api.BayeuxClient;
import java.net.URI;

public final class Chat {

    public record Line(String user, String text) {}

    private Chat() {
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.println(chat(URI.create(args.length > 0 ? args[0] : "http://localhost:8080/cometd")));
    }

    static String chat(URI server) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(server);
                var lines = client.subscribe("/chat/demo", Line.class)) {
            client.publish("/chat/demo", new Line("ann", "hello"));
            Line line = lines.take().data();
            return line.user() + " says " + line.text();
        }
    }
}
