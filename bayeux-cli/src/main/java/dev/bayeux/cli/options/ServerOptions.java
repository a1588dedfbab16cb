package dev.bayeux.cli.options;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.cli.console.Console;
import dev.bayeux.cli.console.ConsoleLoggers;
import dev.bayeux.cli.console.Explanation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the server is, how to be let in, and how long to wait for it. */
public final class ServerOptions {

    /** A user who has pressed Ctrl-C does not want to wait long for a server. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    @Parameters(index = "0", paramLabel = "URL", converter = UrlArgument.class, description = "Where the server is, for example http://localhost:8080/cometd")
    private URI url = URI.create("http://localhost");

    @Option(names = {"-H",
            "--header"}, paramLabel = "'NAME: VALUE'", description = "A header for each request, any number of times. With @FILE the headers are read from a file, "
                    + "one a line, and stay out of the list of processes and the shell's history.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--bearer-file", paramLabel = "FILE", description = "Send \"Authorization: Bearer ...\" with the token in this file. "
            + "It is read again when the server refuses it, so another program may renew it.")
    private @Nullable Path bearerFile;

    @Option(names = "--insecure", description = "Trust any TLS certificate, for a test server with one of its own. Whoever is on the way can then read and change everything, tokens too.")
    private boolean insecure;

    private boolean warned;

    @Option(names = "--connect-timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationArgument.class, description = "How long to try to connect, such as 500ms, 10s or 2m. Default: ${DEFAULT-VALUE}")
    private Duration connectTimeout = Duration.ofSeconds(30);

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "10s", converter = DurationArgument.class, description = "How long an answer of the server may take. Default: ${DEFAULT-VALUE}")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--wire", description = "Show every message that travels, secrets taken out, on the standard error.")
    private boolean wire;

    /**
     * Prepares a client.
     *
     * @param console shows what travels, if that is wanted
     * @return a builder with these options
     */
    public ClientBuilder builder(Console console) {
        if (wire) {
            ConsoleLoggers.showWire(line -> console.error(console.errorPalette().faint(Explanation.visible(line))));
        }
        ClientBuilder builder = BayeuxClient.builder(url).name("cli").connectTimeout(connectTimeout)
                .replyTimeout(timeout).sendTimeout(timeout).closeTimeout(FAREWELL);
        if (insecure) {
            warnOnce(console);
            builder.http(HttpSettings.DEFAULT.withInsecureTls());
        }
        Secrets.headers(headers).forEach(builder::header);
        Path tokens = bearerFile;
        if (tokens != null) {
            Secrets.bearer(tokens);
            builder.credentials(refused -> Secrets.bearer(tokens));
        }
        return builder;
    }

    private void warnOnce(Console console) {
        if (!warned) {
            warned = true;
            console.warn("--insecure: the server's certificate is not checked, anybody may be at the other end");
        }
    }

    /**
     * {@return where the server is}
     */
    public URI url() {
        return url;
    }

    /**
     * {@return the same without what may be secret in it}
     */
    public String shownUrl() {
        return UrlArgument.shown(url);
    }

    /**
     * {@return how long an answer may take}
     */
    public Duration timeout() {
        return timeout;
    }
}
