package dev.bayeux.cli.options;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.Redirects;
import dev.bayeux.cli.console.Console;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the network: TLS, proxies, redirects. */
public final class NetworkOptions {

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Option(names = {"-x",
            "--proxy"}, paramLabel = "URL", description = "Use this HTTP proxy: http://[USER:PASSWORD@]HOST:PORT. An empty text means no proxy. "
                    + "Without this option the variables http_proxy, https_proxy, all_proxy and no_proxy apply.")
    private @Nullable String proxy;

    @Option(names = {"-L",
            "--location"}, description = "Follow redirects to the same scheme, host and port, and from http to https on port 443 of the same host.")
    private boolean follow;

    @Option(names = "--location-to", paramLabel = "URL", description = "Follow redirects to this server as well. The option can be repeated. "
            + "The server receives the messages with all secrets in them, but no headers and cookies.")
    private List<String> others = new ArrayList<>();

    /**
     * Makes the settings of HTTP from these options.
     *
     * @param console shows warnings about insecure settings, and has the environment
     * @param url the address of the server
     * @param watcher wraps the trust manager to see the certificates of servers; {@code null} for none
     * @return the settings
     */
    HttpSettings settings(Console console, URI url, @Nullable UnaryOperator<X509ExtendedTrustManager> watcher) {
        HttpSettings http = tls.apply(HttpSettings.DEFAULT, console, watcher);
        if (proxy != null && proxy.isBlank()) {
            http = http.withoutProxy();
        } else {
            Optional<ProxyChoice> choice = proxy == null
                    ? ProxyChoice.of(console.environment())
                    : Optional.of(ProxyChoice.of(proxy));
            if (choice.isPresent()) {
                http = http.withProxies(choice.get()).withProxyLogin(choice.get()::login);
            }
        }
        return follow || !others.isEmpty() ? http.withRedirects(redirects(url)) : http;
    }

    private Redirects redirects(URI url) {
        List<URI> trusted = new ArrayList<>(others.stream().flatMap(String::lines).map(UrlArgument::read).toList());
        if (follow && "http".equalsIgnoreCase(url.getScheme())) {
            trusted.add(URI.create("https://" + url.getHost()));
        }
        return trusted.isEmpty() ? Redirects.SAME_ORIGIN : Redirects.alsoTo(trusted.toArray(URI[]::new));
    }
}
