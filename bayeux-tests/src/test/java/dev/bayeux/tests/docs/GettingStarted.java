package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.SubscribeException;
import java.net.URI;
import java.time.Duration;

/** What docs/getting-started.md shows besides the project in {@code example}, compiled. */
public final class GettingStarted {

    public record Line(String user, String text) {}

    private GettingStarted() {
    }

    static void listen(BayeuxClient client) throws InterruptedException {
        client.subscribe("/chat/demo", Line.class, message -> {
            Line line = message.data();
            System.out.println(line.user() + " says " + line.text());
        });
    }

    static void listenForAWhile(BayeuxClient client, Duration limit) throws InterruptedException {
        try (var lines = client.subscribe("/chat/**", Line.class)) {
            for (var line = lines.poll(limit); line.isPresent(); line = lines.poll(limit)) {
                System.out.println(line.get().channel() + ": " + line.get().data());
            }
        }
    }

    static void errors(URI server) throws InterruptedException {
        try (BayeuxClient client = BayeuxClient.connect(server)) {
            listen(client);
            client.publish("/chat/demo", new Line("ann", "hello"));
        } catch (HandshakeException failed) {
            System.out.println("no session: " + failed.getMessage());
        } catch (SubscribeException failed) {
            System.out.println("no messages from " + failed.channel() + ": " + failed.getMessage());
        } catch (PublishException failed) {
            System.out.println("not accepted (" + failed.outcome() + "): " + failed.getMessage());
        }
    }
}
