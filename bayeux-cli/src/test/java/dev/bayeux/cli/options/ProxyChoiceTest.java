package dev.bayeux.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy of a server is chosen from the environment, or from an option. */
class ProxyChoiceTest {

    private static String chosen(ProxyChoice choice, String server) {
        Proxy proxy = choice.select(URI.create(server)).getFirst();
        return proxy.address() instanceof InetSocketAddress address
                ? address.getHostString() + ":" + address.getPort()
                : "direct";
    }

    @Test
    void eachSchemeHasItsOwnProxy() {
        ProxyChoice choice = ProxyChoice.of(Map.of("http_proxy", "http://one:1", "HTTPS_PROXY", "two:2")).orElseThrow();
        assertEquals("one:1", chosen(choice, "http://example.org/x"));
        assertEquals("two:2", chosen(choice, "https://example.org/x"));
        assertEquals("all:3128", chosen(ProxyChoice.of(Map.of("all_proxy", "all")).orElseThrow(), "http://a.b/"));
    }

    @Test
    void aHeaderOfARequestIsNoProxy() {
        assertEquals(Optional.empty(), ProxyChoice.of(Map.of("HTTP_PROXY", "http://evil:1", "no_proxy", "*")));
    }

    @ParameterizedTest
    @CsvSource({"example.org, true", "www.example.org, true", "badexample.org, false", "dotted.net, true",
            "a.dotted.net, true", "127.0.0.1, true", "10.0.0.1, false", "192.168.7.9, true", "192.169.0.1, false",
            "[fd00::1], true", "[fe80::1], false", "192.168.example, false"})
    void someHostsAreReachedDirectly(String host, boolean direct) {
        ProxyChoice choice = ProxyChoice
                .of(Map.of("http_proxy", "p:1", "no_proxy",
                        "Example.org, .dotted.net,127.0.0.1:80 192.168.0.0/16,fd00::/8,10.0.0.0/33"))
                .orElseThrow();
        assertEquals(direct ? "direct" : "p:1", chosen(choice, "http://" + host + "/x"));
    }

    @Test
    void theLoginGoesToItsProxyOnly() {
        ProxyChoice choice = ProxyChoice.of("http://ann:s3%20cr3t@p:8080");
        var login = choice.login(InetSocketAddress.createUnresolved("p", 8080));
        assertTrue(login != null && "ann".equals(login.getUserName()));
        assertEquals("s3 cr3t", new String(login.getPassword()));
        assertEquals(null, choice.login(InetSocketAddress.createUnresolved("q", 8080)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://ann:s3cr3t@p:1", "http://ann:s3cr3t@ p", "http://"})
    void otherProxiesAreRefusedWithoutTheirPassword(String proxy) {
        IllegalArgumentException failed = assertThrows(IllegalArgumentException.class, () -> ProxyChoice.of(proxy));
        assertFalse(failed.getMessage().contains("s3cr3t"), failed.getMessage());
    }
}
