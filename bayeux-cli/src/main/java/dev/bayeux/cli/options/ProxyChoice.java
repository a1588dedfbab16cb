package dev.bayeux.cli.options;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses proxies as curl does: from {@code http_proxy}, {@code https_proxy}, {@code all_proxy} and {@code no_proxy},
 * or one proxy of an option for all servers.
 */
final class ProxyChoice extends ProxySelector {

    private static final int PORT = 3128;
    private static final String[] SCHEMES = {"http", "https"};

    /** The proxies by the scheme of the server; a scheme without a proxy is missing. */
    private final Map<String, URI> proxies;
    private final List<String> direct;

    private ProxyChoice(Map<String, URI> proxies, List<String> direct) {
        this.proxies = proxies;
        this.direct = direct;
    }

    /**
     * Reads the proxies of the environment.
     *
     * @param environment the environment of the process
     * @return the proxies; empty if the environment names none
     */
    static Optional<ProxyChoice> of(Map<String, String> environment) {
        Map<String, URI> proxies = new HashMap<>();
        for (String scheme : SCHEMES) {
            // HTTP_PROXY is ignored: if a web server has started this program, its value may be a header of a request.
            String proxy = first(environment, scheme + "_proxy",
                    scheme.equals("http") ? "" : scheme.toUpperCase(Locale.ROOT) + "_PROXY", "all_proxy", "ALL_PROXY");
            if (proxy != null) {
                proxies.put(scheme, read(proxy, scheme + "_proxy"));
            }
        }
        String direct = first(environment, "no_proxy", "NO_PROXY");
        return proxies.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProxyChoice(proxies, direct == null
                        ? List.of()
                        : List.of(direct.toLowerCase(Locale.ROOT).split("[,\\s]+"))));
    }

    /** Uses one proxy for all servers. */
    static ProxyChoice of(String proxy) {
        URI uri = read(proxy, "--proxy");
        return new ProxyChoice(Map.of(SCHEMES[0], uri, SCHEMES[1], uri), List.of());
    }

    private static @Nullable String first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private static URI read(String text, String from) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "%s: only HTTP proxies can be used, such as http://proxy.example.org:3128".formatted(from));
            }
            return uri;
        } catch (URISyntaxException wrong) {
            // The address itself may hold a password.
            throw new IllegalArgumentException("%s is no address of a proxy: %s".formatted(from, wrong.getReason()));
        }
    }

    @Override
    public List<Proxy> select(URI server) {
        URI proxy = proxies.get(server.getScheme().toLowerCase(Locale.ROOT));
        return proxy == null || isDirect(server)
                ? List.of(Proxy.NO_PROXY)
                : List.of(new Proxy(Proxy.Type.HTTP, address(proxy)));
    }

    private boolean isDirect(URI server) {
        String host = server.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        for (String each : direct) {
            String name = each.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
            if (each.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))
                    || AddressRange.of(each).filter(range -> range.contains(host)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the login at a proxy; {@code null} if its address has none}
     *
     * @param proxy a proxy that {@link #select} has returned
     */
    @Nullable
    PasswordAuthentication login(InetSocketAddress proxy) {
        for (URI each : proxies.values()) {
            InetSocketAddress address = address(each);
            if (each.getRawUserInfo() != null && address.getHostString().equals(proxy.getHostString())
                    && address.getPort() == proxy.getPort()) {
                String[] pair = each.getRawUserInfo().split(":", 2);
                return new PasswordAuthentication(decoded(pair[0]),
                        (pair.length < 2 ? "" : decoded(pair[1])).toCharArray());
            }
        }
        return null;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static InetSocketAddress address(URI proxy) {
        return InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort() < 0 ? PORT : proxy.getPort());
    }

    @Override
    public void connectFailed(URI server, SocketAddress proxy, IOException failed) {
        // The client reports the failure.
    }
}
