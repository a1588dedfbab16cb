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

/** The options of all commands that use a client: for the server and for the transport. */
public final class ClientOptions {

    private static final List<String> TRANSPORTS = List.of("long-polling", "websocket", "callback-polling");

    @Option(names = {"-t",
            "--transport"}, split = ",", paramLabel = "NAME", completionCandidates = TransportNames.class, defaultValue = "long-polling", description = "The transport: long-polling, websocket, callback-polling, or several in order of preference. "
                    + "websocket,long-polling falls back where WebSocket does not work. "
                    + "Default: ${DEFAULT-VALUE}")
    private List<String> transports = new ArrayList<>();

    @Option(names = "--ack", negatable = true, defaultValue = "true", fallbackValue = "true", description = "Acknowledge deliveries, if the server supports it, so that it redelivers lost messages. "
            + "On unless --no-ack is given.")
    private boolean acknowledge = true;

    @Mixin
    private ServerOptions server = new ServerOptions();

    /**
     * Separates the address from the other words of the command line, as {@link ServerOptions#words} does.
     *
     * @param console has the environment
     * @param names the names of the words after the address
     * @param others the words that follow the first one
     * @return the words after the address
     */
    public List<String> words(Console console, List<String> names, @Nullable String... others) {
        return server.words(console, names, others);
    }

    /**
     * Checks a channel.
     *
     * @param channel a channel to publish to, or to subscribe to
     * @param patternAllowed whether it may be a pattern
     * @return the channel
     * @throws IllegalArgumentException if the channel cannot be used
     */
    public String checked(String channel, boolean patternAllowed) {
        return server.checked(channel, patternAllowed);
    }

    /**
     * {@return whether an option for credentials reads the standard input}
     */
    public boolean readsStandardInput() {
        return server.readsStandardInput();
    }

    /**
     * Makes a client and connects it, and shows a progress line meanwhile.
     *
     * @param console shows the events of the client, also later ones
     * @param positions the store of positions, {@code null} for no replay
     * @return the client, connected
     * @throws InterruptedException if a signal comes
     */
    public BayeuxClient connect(Console console, @Nullable PositionStore positions)
            throws InterruptedException {
        return connect(console, positions, new EventPrinter(console));
    }

    /**
     * Makes a client and connects it; a given printer receives its later events.
     *
     * @param console shows the progress line
     * @param positions the store of positions, {@code null} for no replay
     * @param events receives the events after the client is connected
     * @return the client, connected
     * @throws InterruptedException if a signal comes
     */
    public BayeuxClient connect(Console console, @Nullable PositionStore positions, EventPrinter events)
            throws InterruptedException {
        for (String transport : transports) {
            if (!TRANSPORTS.contains(transport)) {
                throw new IllegalArgumentException(
                        "--transport: there is no \"%s\"; choose from %s.%s".formatted(transport,
                                String.join(", ", TRANSPORTS), Nearest.suggestion(transport, TRANSPORTS)));
            }
        }
        ClientBuilder builder = server.builder(console).acknowledge(acknowledge)
                .transports(new JdkLongPollingProvider(), new JdkWebSocketProvider(),
                        new JdkCallbackPollingProvider())
                .transports(transports);
        if (positions != null) {
            builder.replay(positions);
        }
        return server.connecting(transports.size()).connect(console, builder, events);
    }

    /**
     * {@return the address of the server, without parts that may be secret}
     */
    public String shownUrl() {
        return server.shownUrl();
    }

    /**
     * {@return the limit for each answer of the server}
     */
    public Duration timeout() {
        return server.timeout();
    }
}
