package dev.bayeux.cli.options;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.EventPrinter;
import dev.bayeux.transport.jdk.JdkCallbackPollingProvider;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jdk.JdkWebSocketProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the server is, and how to talk to it: what all commands that use a client have in common. */
public final class ClientOptions {

    @Option(names = {"-t",
            "--transport"}, split = ",", paramLabel = "NAME", defaultValue = "long-polling", description = "How to talk to the server: long-polling, websocket, callback-polling, or several in order of preference: "
                    + "websocket,long-polling falls back where WebSocket does not work. "
                    + "Default: ${DEFAULT-VALUE}")
    private List<String> transports = new ArrayList<>();

    @Option(names = "--ack", negatable = true, defaultValue = "true", fallbackValue = "true", description = "Have deliveries acknowledged, if the server can: what gets lost on the way comes again. "
            + "On unless --no-ack is given.")
    private boolean acknowledge = true;

    @Mixin
    private ServerOptions server = new ServerOptions();

    /**
     * Makes a client and connects it, with a line that says so.
     *
     * @param console hears of what happens, also later
     * @param positions where positions are kept, {@code null} for no replay
     * @return the client, connected
     * @throws InterruptedException if a signal comes
     */
    public BayeuxClient connect(Console console, @Nullable PositionStore positions)
            throws InterruptedException {
        EventPrinter events = new EventPrinter(console);
        ClientBuilder builder = server.builder(console).acknowledge(acknowledge)
                .transports(new JdkLongPollingProvider(), new JdkWebSocketProvider(),
                        new JdkCallbackPollingProvider())
                .transports(transports.toArray(String[]::new)).onEvent(events);
        if (positions != null) {
            builder.replay(positions);
        }
        return events.connecting(server.shownUrl(), builder);
    }

    /**
     * {@return where the server is, without what may be secret in it}
     */
    public String shownUrl() {
        return server.shownUrl();
    }

    /**
     * {@return how long an answer may take}
     */
    public Duration timeout() {
        return server.timeout();
    }
}
