package dev.bayeux.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.http.HttpSettings.Version;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the HTTP client is set that a transport makes. */
@Tag("transport:jetty")
class DefaultClientTest {

    private static HttpClient client(Version version) {
        return DefaultClient.forHttp(new ClientSettings(Duration.ofSeconds(3), true, version, ProxySelector.of(null),
                Optional.empty(), Optional.empty()));
    }

    @Test
    void aConnectionOnWhichAllIsHeldIsNotIdle() {
        assertEquals(0, client(Version.HTTP_2).getIdleTimeout());
    }

    @Test
    void anUnusedConnectionIsClosedBeforeAFirewallForgetsIt() {
        assertTrue(client(Version.HTTP_1_1).getIdleTimeout() > 0);
    }

    @Test
    void nothingIsDoneBehindOurBack() {
        for (Version version : Version.values()) {
            HttpClient client = client(version);
            assertFalse(client.isFollowRedirects());
            assertInstanceOf(HttpCookieStore.Empty.class, client.getHttpCookieStore());
        }
    }
}
