package dev.bayeux.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.Interrupts;
import dev.bayeux.cli.console.Streams;
import dev.bayeux.cli.options.ClientOptions;
import dev.bayeux.cli.options.ReplayOptions;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A shell remembers channels for completion. */
class ShellSessionTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final CountDownLatch lines = new CountDownLatch(2);
    private final OutputStream out = new OutputStream() {
        @Override
        public void write(int b) {
            if (b == '\n') {
                lines.countDown();
            }
        }
    };
    private final Console console = new Console(new Streams(InputStream.nullInputStream(), out, out, false, false,
            false, StandardCharsets.UTF_8), false, new Interrupts(code -> {}));

    @Test
    void aChannelThatWouldControlTheTerminalIsNotSuggested() throws Exception {
        try (BayeuxClient client = BayeuxClient.builder(server.uri()).transports(new JdkLongPollingProvider())
                .connectCallTimeout(LIMIT).onEvent(event -> {}).connect()) {
            ShellSession session = new ShellSession(client, console, "http://localhost", "/chat/demo", "ann",
                    new ReplayOptions(), new ClientOptions());
            session.subscribe("/a/*");
            server.awaitHeldConnects(1, LIMIT);
            server.push("{\"channel\":\"/a/\\u001b[2J\\u009b2J\",\"data\":1}");
            server.push("{\"channel\":\"/a/b\",\"data\":2}");
            assertTrue(lines.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals(Set.of("/chat/demo", "/a/*", "/a/b"), Set.copyOf(session.knownChannels()));
            assertEquals(List.of("/a/*"), List.copyOf(session.subscriptions()));
        }
    }
}
