package dev.bayeux.tests.demo;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Observation;
import dev.bayeux.tests.interop.CometdTestServer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two clients, one on each transport, chat over a real CometD server in this JVM. The server is restarted in the middle,
 * and the chat continues by itself. With {@code -Dbayeux.url=...} they chat over that server, which is not restarted. With
 * {@code -Ddemo.stay=true} the server stays, and with it a page for a browser and a client for the terminal.
 *
 * <p>The exit status is 0 if every line reached both, and 1 with the reason if not.
 */
public final class ChatDemo {

    static final String CHANNEL = "/chat/demo";
    private static final List<String> TRANSPORTS = List.of("jdk-long-polling", "jetty-long-polling");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final URI uri;
    private volatile CountDownLatch missing = new CountDownLatch(0);

    /** One line of the chat: the form of the messages that all programs on this channel send. */
    public record Line(String user, String text) {

        /** Reads any message: one of another form becomes a line with its JSON, without a user. */
        static Line of(Message<JsonValue> message) {
            return message.data() instanceof JsonObject data && data.get("user") instanceof JsonString user
                    && data.get("text") instanceof JsonString text
                            ? new Line(user.getString(), text.getString())
                            : new Line("", message.text());
        }

        @Override
        public String toString() {
            return user.isEmpty() ? "(another form) " + text : "%s: %s".formatted(user, text);
        }
    }

    private ChatDemo(URI uri) {
        this.uri = uri;
    }

    /**
     * Runs the demo.
     *
     * @param args none
     */
    public static void main(String[] args) {
        String url = System.getProperty("bayeux.url", "");
        try {
            if (url.isEmpty()) {
                runWithServer();
            } else {
                new ChatDemo(URI.create(url)).run(null);
            }
        } catch (Exception failed) {
            System.out.printf("The demo has failed: %s%n", failed.getMessage());
            System.exit(1);
        }
    }

    private static void runWithServer() throws InterruptedException, IOException {
        ChatPage page = new ChatPage();
        try (CometdTestServer server = page.serveAt(new CometdTestServer()).start()) {
            System.out.printf("A CometD server is at %s%n", server.uri());
            new ChatDemo(server.uri()).run(server::restart);
            if (Boolean.getBoolean("demo.stay")) {
                System.out.println(page.at(server.uri()));
                TerminalChat.run(server.uri());
            } else {
                System.out.println("The server is gone now. With -Ddemo.stay=true it stays, and you can join.");
            }
        }
    }

    private void run(Runnable restart) throws InterruptedException {
        List<BayeuxClient> clients = new ArrayList<>();
        try {
            for (String transport : TRANSPORTS) {
                clients.add(join(transport));
            }
            chat(clients, "hello");
            if (restart != null) {
                System.out.println("-- the server is restarted --");
                restart.run();
                for (BayeuxClient client : clients) {
                    // Nothing to do but wait: the clients find their way back, with their subscriptions.
                    client.awaitState(state -> !state.isConnected(), Duration.ofSeconds(1));
                    if (!client.awaitReady(LIMIT)) {
                        throw new IllegalStateException("After the restart %s is not ready again: %s".formatted(client,
                                client.state()));
                    }
                }
                chat(clients, "here again");
            }
            System.out.println("Every line was received by both clients.");
        } finally {
            clients.forEach(BayeuxClient::close);
        }
    }

    private BayeuxClient join(String transport) throws InterruptedException {
        BayeuxClient client = BayeuxClient.builder(uri).name(transport).transports(transport)
                .backoff(Backoff.of(Duration.ofMillis(200), Duration.ofSeconds(2)))
                .observation(Observation.DEFAULT.withoutLogging()).onEvent(event -> print(transport, event)).connect();
        client.subscribe(CHANNEL, message -> received(transport, Line.of(message)));
        return client;
    }

    private void chat(List<BayeuxClient> clients, String text) throws InterruptedException {
        missing = new CountDownLatch(clients.size() * clients.size());
        for (int n = 0; n < clients.size(); n++) {
            clients.get(n).publish(CHANNEL, new Line(TRANSPORTS.get(n), text));
        }
        if (!missing.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("%d of %d lines were not received within %d s.".formatted(
                    missing.getCount(), clients.size() * clients.size(), LIMIT.toSeconds()));
        }
    }

    private void received(String transport, Line line) {
        System.out.printf("%-20s received  %s%n", transport, line);
        missing.countDown();
    }

    private static void print(String transport, ClientEvent event) {
        switch (event) {
            case ClientEvent.StateChanged changed when changed.now().isConnected() -> System.out
                    .printf("%-20s is connected%n", transport);
            case ClientEvent.SessionRenewed renewed -> System.out.printf("%-20s has a new session%n", transport);
            case ClientEvent.Failure failure -> System.out.printf("%-20s notices   %s%n", transport,
                    failure.cause().getMessage());
            default -> {
                // The steps between two connections are of no interest here.
            }
        }
    }
}
