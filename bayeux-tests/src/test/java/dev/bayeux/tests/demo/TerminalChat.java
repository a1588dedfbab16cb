package dev.bayeux.tests.demo;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.tests.demo.ChatDemo.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A client that stays in the chat: it says what is typed, shows what is said, and greets those it does not know. */
final class TerminalChat {

    private static final String NAME = "Java";

    private final BayeuxClient client;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private TerminalChat(BayeuxClient client) {
        this.client = client;
        known.add(NAME);
    }

    /** Goes on until the end of the input, or until Ctrl-C. */
    static void run(URI uri) throws InterruptedException, IOException {
        try (BayeuxClient client = BayeuxClient.builder(uri).name(NAME).transports("jdk-websocket").connect()) {
            // Ctrl-C ends the JVM: leave before.
            Runtime.getRuntime().addShutdownHook(new Thread(client::close));
            TerminalChat chat = new TerminalChat(client);
            client.subscribe(ChatDemo.CHANNEL, message -> chat.received(Line.of(message)));
            System.out.println("Type a line and Enter to say something; Ctrl-C ends.");
            chat.sayWhatIsTyped();
        }
    }

    private void sayWhatIsTyped() throws InterruptedException, IOException {
        Charset charset = Charset.forName(System.getProperty("native.encoding"));
        BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, charset));
        for (String text = typed.readLine(); text != null; text = typed.readLine()) {
            if (!text.isBlank()) {
                client.publish(ChatDemo.CHANNEL, new Line(NAME, text));
            }
        }
    }

    private void received(Line line) throws InterruptedException {
        System.out.println(line);
        if (!line.user().isEmpty() && known.add(line.user())) {
            client.publish(ChatDemo.CHANNEL, new Line(NAME, "Hello %s, I am a Java client.".formatted(line.user())));
        }
    }
}
