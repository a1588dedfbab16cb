package dev.bayeux.cli.options;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ChannelRules;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Timeouts;
import dev.bayeux.cli.console.Connecting;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ConsoleLoggers;
import dev.bayeux.cli.console.Explanation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of all commands that connect: the address, credentials, the network and timeouts. */
public final class ServerOptions {

    /** The limit for closing the client: short, since a user who has pressed Ctrl-C waits for it. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final String URL = "BAYEUX_URL";

    @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "The address of the server, such as http://localhost:8080/cometd, or a context of ~/.config/bayeux/config. "
            + "Without it, the address in the variable " + URL + ", or in that file.")
    private @Nullable String word;

    @Option(names = {"-C",
            "--context"}, paramLabel = "NAME", description = "Use address and options of this context in ~/.config/bayeux/config.")
    private @Nullable String context;

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = "--any-channel", description = "Accept names of channels with any characters but control characters. "
            + "Without this option the command accepts only names that CometD accepts.")
    private boolean anyChannel;

    @Option(names = "--retry", paramLabel = "TIME", converter = DurationArgument.class, description = "Retry failed attempts to connect for this time, such as 30s. "
            + "Without this option the command ends after two failed attempts for each transport, "
            + "or after the first if the failure is permanent, such as a 404 or an untrusted certificate.")
    private @Nullable Duration retry;

    @Option(names = "--connect-timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationArgument.class, description = "The limit for connecting, such as 500ms, 0.5s, 10s or 2m. Default: ${DEFAULT-VALUE}")
    private Duration connectTimeout = Duration.ofSeconds(30);

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "10s", converter = DurationArgument.class, description = "The limit for each answer of the server. Default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = {"-v",
            "--verbose"}, description = "Report each step of the connection, with its time, on the standard error.")
    private boolean verbose;

    @Option(names = "--wire", description = "Print every message sent and received, with secrets redacted, on the standard error.")
    private boolean wire;

    private @Nullable URI resolved;

    /**
     * Separates the address from the other words of the command line. The first word is the address, unless it begins
     * with a slash.
     *
     * @param console has the environment, with the address to use if the user gave none
     * @param names the names of the words after the address, for messages; a word in brackets is optional
     * @param others the words that follow the first one, {@code null} for those that are missing
     * @return the words after the address
     * @throws IllegalArgumentException if a word is missing or there are too many, or the address cannot be used
     */
    public List<String> words(Console console, List<String> names, @Nullable String... others) {
        List<String> words = new ArrayList<>();
        if (word != null) {
            words.add(word);
        }
        Arrays.stream(others).filter(each -> each != null).forEach(words::add);
        String address = null;
        if (!words.isEmpty() && !words.getFirst().startsWith("/")) {
            address = words.removeFirst();
        }
        resolved = resolve(console, address);
        List<String> needed = names.stream().filter(name -> !name.startsWith("[")).toList();
        if (words.size() < needed.size()) {
            throw new IllegalArgumentException("%s is missing.".formatted(needed.get(words.size())));
        }
        if (words.size() > names.size() && !names.getLast().endsWith("...")) {
            throw new IllegalArgumentException(
                    "There are %d words too many. Put quotes around a text with spaces."
                            .formatted(words.size() - names.size()));
        }
        return words;
    }

    private URI resolve(Console console, @Nullable String address) {
        Config config = Config.load(console.environment());
        if (context != null && !config.hasContext(context)) {
            throw new IllegalArgumentException("There is no context %s in %s.%s".formatted(context, config.file(),
                    Nearest.suggestion(context, config.contexts())));
        }
        if (address == null || config.hasContext(address)) {
            String chosen = address != null ? address : context != null ? context : config.usualContext();
            String configured = config.url(chosen);
            String variable = console.environment().getOrDefault(URL, "");
            if (chosen == null && !variable.isEmpty()) {
                configured = variable;
            }
            if (configured == null) {
                throw new IllegalArgumentException(chosen == null
                        ? "URL is missing: the address of the server, such as http://localhost:8080/cometd; or set %s."
                                .formatted(URL)
                        : "The context %s has no url in %s.".formatted(chosen, config.file()));
            }
            return UrlArgument.read(configured);
        }
        if (address.matches("[A-Za-z0-9_-]{1,30}") && !address.equals("localhost")) {
            throw new IllegalArgumentException("\"%s\" is neither an address nor a context of %s.%s".formatted(address,
                    config.file(), Nearest.suggestion(address, config.contexts())));
        }
        return UrlArgument.read(address);
    }

    /**
     * Makes a builder with these options.
     *
     * @param console shows the wire log, if the user gave {@code --wire}
     * @return the builder
     */
    public ClientBuilder builder(Console console) {
        return builder(console, null);
    }

    /**
     * Makes a builder with these options, whose caller can see the server's certificates.
     *
     * @param console shows the wire log, if the user gave {@code --wire}
     * @param watcher wraps the trust manager; {@code null} to use it unchanged
     * @return the builder
     */
    public ClientBuilder builder(Console console, @Nullable UnaryOperator<X509ExtendedTrustManager> watcher) {
        if (wire) {
            ConsoleLoggers.showWire(line -> console.error(console.errorPalette().faint(Explanation.visible(line))));
        }
        URI url = url();
        ClientBuilder builder = BayeuxClient.builder(UrlArgument.withoutUser(url)).name("cli")
                // Half of --timeout, so that a server that accepts no connection is reported as such, and not as one
                // that does not answer.
                .timeouts(Timeouts.DEFAULT.withConnection(
                        DurationArgument.positive("--timeout", timeout).dividedBy(2).plusNanos(1)))
                .connectCallTimeout(DurationArgument.positive("--connect-timeout", connectTimeout))
                .replyTimeout(timeout).sendTimeout(timeout)
                .closeTimeout(FAREWELL).http(network.settings(console, url, watcher));
        if (retry != null) {
            builder.connectCallTimeout(DurationArgument.positive("--retry", retry));
        }
        if (anyChannel) {
            builder.channelRules(ChannelRules.LENIENT);
        }
        credentials.apply(builder, console, url);
        return builder;
    }

    /**
     * Checks a channel before the client connects.
     *
     * @param channel a channel to publish to, or to subscribe to
     * @param patternAllowed whether it may be a pattern
     * @return the channel
     * @throws IllegalArgumentException if the channel cannot be used
     */
    public String checked(String channel, boolean patternAllowed) {
        ChannelRules rules = anyChannel ? ChannelRules.LENIENT : ChannelRules.COMETD;
        if (patternAllowed) {
            rules.checkSubscription(channel);
        } else {
            rules.checkPublish(channel);
        }
        return channel;
    }

    /**
     * {@return the connector of a client with these options}
     *
     * @param alternatives the number of transports that may be tried
     */
    public Connecting connecting(int alternatives) {
        return new Connecting(shownUrl(), retry == null, alternatives, credentials.canChange(), verbose);
    }

    /**
     * {@return whether an option for credentials reads the standard input}
     */
    public boolean readsStandardInput() {
        return credentials.readsStandardInput();
    }

    /**
     * {@return the address of the server; only after {@link #words}}
     */
    public URI url() {
        URI url = resolved;
        if (url == null) {
            throw new IllegalStateException("words() must be called before url().");
        }
        return url;
    }

    /**
     * {@return the address of the server, without parts that may be secret}
     */
    public String shownUrl() {
        return UrlArgument.shown(url());
    }

    /**
     * {@return the limit for each answer of the server}
     */
    public Duration timeout() {
        return timeout;
    }
}
