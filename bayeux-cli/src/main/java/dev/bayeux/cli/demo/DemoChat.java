package dev.bayeux.cli.demo;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.JsonFormat;
import dev.bayeux.cli.console.TooLateException;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import jakarta.json.Json;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two clients that chat over a server. In the middle the server forgets their sessions, and the clients reconnect by
 * themselves.
 */
public final class DemoChat {

    private static final String CHANNEL = "/chat/demo";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final DemoServer server;
    private final Console console;
    private volatile CountDownLatch missing = new CountDownLatch(0);

    /**
     * Makes a chat over a server.
     *
     * @param server the server, running
     * @param console shows the messages
     */
    public DemoChat(DemoServer server, Console console) {
        this.server = server;
        this.console = console;
    }

    /**
     * Runs the chat.
     *
     * @throws InterruptedException if a signal comes
     */
    public void run() throws InterruptedException {
        try (BayeuxClient ann = join("ann"); BayeuxClient bob = join("bob")) {
            say(ann, "ann", "hello bob");
            say(bob, "bob", "hello ann");
            console.note("-- the server forgets both, as if it were restarted --");
            server.forgetSessions();
            for (BayeuxClient client : new BayeuxClient[]{ann, bob}) {
                client.awaitState(state -> !state.isConnected(), Duration.ofSeconds(1));
                if (!client.awaitReady(LIMIT)) {
                    throw new TooLateException("A client did not reconnect in time.");
                }
            }
            say(bob, "bob", "are you still there?");
            say(ann, "ann", "sure");
        }
    }

    private BayeuxClient join(String name) throws InterruptedException {
        BayeuxClient client = BayeuxClient.builder(server.uri()).name(name).transports(new JdkLongPollingProvider())
                .backoff(Backoff.of(Duration.ofMillis(100), Duration.ofSeconds(2))).onEvent(event -> {}).connect();
        client.subscribe(CHANNEL, message -> {
            console.print(console.isForPeople()
                    ? "%s receives %s".formatted(console.palette().heading(name),
                            JsonFormat.pretty(message.text(), console.palette()))
                    : "{\"client\":%s,\"channel\":%s,\"data\":%s}".formatted(JsonFormat.quoted(name),
                            JsonFormat.quoted(message.channel()), JsonFormat.compact(message.text())));
            missing.countDown();
        });
        return client;
    }

    private void say(BayeuxClient client, String user, String text) throws InterruptedException {
        missing = new CountDownLatch(2);
        client.publish(CHANNEL, Json.createObjectBuilder().add("user", user).add("text", text).build());
        if (!missing.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TooLateException("A client did not receive a line in time.");
        }
    }
}
