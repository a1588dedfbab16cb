package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private static final URI PLACE = URI.create("https://host:8443/x?key=s3cret");

    private final Endpoint endpoint = Endpoint.of(PLACE).withUrl("websocket", URI.create("wss://sockets.example/ws"))
            .withUrl("jdk-websocket", URI.create("ws://other.example/ws"));

    @Test
    void aNameWinsOverATypeAndATypeOverAll() {
        assertEquals(URI.create("http://other.example/ws"), endpoint.urlFor("jdk-websocket", "websocket"));
        assertEquals(URI.create("https://sockets.example/ws"), endpoint.urlFor("jetty-websocket", "websocket"));
        assertEquals(PLACE, endpoint.urlFor("jdk-long-polling", "long-polling"));
    }

    @Test
    void isAtItsHostAndPort() {
        assertTrue(endpoint.isAt("HOST"));
        assertTrue(endpoint.isAt("host:8443"));
        assertFalse(endpoint.isAt("host:1"));
        assertFalse(endpoint.isAt("host:8443.evil.example"));
    }

    @ParameterizedTest
    @CsvSource({"https://a.example/x, a.example:443, a.example:80", "http://a.example/x, a.example:80, a.example:443",
            "HTTPS://a.example/x, A.EXAMPLE:443, a.example:-1", "https://[::1]/x, [::1]:443, [::1]:80"})
    void anAddressWithoutAPortIsAtThatOfItsScheme(URI uri, String host, String other) {
        assertTrue(Endpoint.of(uri).isAt(host));
        assertFalse(Endpoint.of(uri).isAt(other));
    }

    @Test
    void theTextFormHasNoSecrets() {
        assertEquals("https://host:8443/x", endpoint.toString());
    }

    @Test
    void isAtItsHostAlsoWhereDigitsAreOthers() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
        try {
            assertTrue(endpoint.isAt("host:8443"));
            assertEquals("https://host:8443/x", endpoint.toString());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theSchemesOfWebSocketsMeanTheSame() {
        assertEquals(URI.create("https://host/x"), Endpoint.of(URI.create("wss://host/x")).uri());
        assertEquals(URI.create("http://host/x"), Endpoint.of(URI.create("WS://host/x")).uri());
    }

    @ParameterizedTest
    @CsvSource({"http://my_host/x, no underscore", "http://my_host:8080/x, my_host:8080", "http:///x, names no host",
            "ftp://host/x, not with ftp://", "host, no scheme", "http://host:70000, port 70000",
            "http://ann:s3cret@host/x, Credentials.basic", "http://ann@my_host/x, Credentials.basic"})
    void anInvalidAddressIsNamedInTheFailure(String url, String what) {
        String text = assertThrows(IllegalArgumentException.class, () -> Endpoint.of(URI.create(url))).getMessage();

        assertTrue(text.contains(what), text);
        assertFalse(text.contains("s3cret"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/x", "host", "http:///x", "http://host:70000"})
    void otherAddressesAreRefused(String url) {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.of(URI.create(url)));
        assertThrows(IllegalArgumentException.class, () -> endpoint.withUrl("websocket", URI.create(url)));
    }

    @Test
    void aClientOfSeveralBeginsWithTheFirst() {
        URI other = URI.create("http://b.example/x");
        assertEquals(List.of(Endpoint.of(PLACE), Endpoint.of(other)),
                BayeuxClient.builder(PLACE, other).config().endpoints());
        assertEquals(List.of(endpoint, Endpoint.of(other)),
                BayeuxClient.builder(endpoint, Endpoint.of(other)).config().endpoints());
    }
}
