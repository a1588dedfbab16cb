package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.FailureKind;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBuilderTest {

    private final ClientBuilder builder = BayeuxClient
            .builder(URI.create("https://host:8443/x?key=s3cret"));

    @ParameterizedTest
    @ValueSource(strings = {"", "/cometd", "localhost:8080/cometd", "ftp://host", "http:host", "http:/x",
            "http:///x", "mailto:a@b", "http://a_b/", "http://host:65536/", "file:///x"})
    void addressesThatNoTransportCanReachAreRefused(String uri) {
        String text = assertThrows(IllegalArgumentException.class, () -> BayeuxClient.builder(URI.create(uri)))
                .getMessage();
        assertTrue(text.contains("http://localhost:8080/cometd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "HTTPS://host:8443/cometd?x=y", "http://[::1]:8080/faye",
            "http://127.0.0.1/", "http://h:65535"})
    void addressesOfHttpAreTaken(String uri) {
        assertEquals(List.of(Endpoint.of(URI.create(uri))),
                BayeuxClient.builder(URI.create(uri)).config().endpoints());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\r\nEvil: 1", "s3cret\n", "s3cret\r", "s3cret\u0000", "s3cret\u007f",
            "s3cret\u200b"})
    void aHeaderCannotSmuggleAnother(String value) {
        String text = assertThrows(IllegalArgumentException.class, () -> builder.header("X-A", value)).getMessage();

        assertTrue(text.contains("X-A"));
        assertFalse(text.contains("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a\r\nb", "a\u00e9", "a/b", "{a}"})
    void aHeaderHasANameOfHttp(String name) {
        assertThrows(IllegalArgumentException.class, () -> builder.header(name, "x"));
    }

    @Test
    void ofHeadersTheLastOneCountsWhateverTheCaseOfItsName() {
        builder.header("X-A", "1").header("x-a", "2").addHeaders(() -> Map.of("X-B", "3"))
                .addHeaders(() -> Map.of("X-B", "4"));
        Map<String, String> headers = builder.config().headers().headers();

        assertEquals(2, headers.size());
        assertTrue(headers.containsValue("2"));
        assertEquals("4", headers.get("X-B"));
    }

    @Test
    void sourcesOfHeadersAreAskedEachTime() {
        int[] calls = new int[1];
        ClientConfig config = builder.header("X-A", "1").addHeaders(() -> Map.of("X-N", "" + ++calls[0])).config();

        assertEquals(Map.of("X-A", "1", "X-N", "1"), config.headers().headers());
        assertEquals(Map.of("X-A", "1", "X-N", "2"), config.headers().headers());
    }

    @Test
    void laterChangesOfTheBuilderDoNotChangeTheClient() {
        ClientConfig before = builder.header("X-A", "1").config();
        builder.header("X-A", "2").name("other").onEvent(event -> {
            // Not called here.
        }).transports("long-polling");

        assertEquals(Map.of("X-A", "1"), before.headers().headers());
        assertEquals(Optional.empty(), before.name());
        assertEquals(List.of(), before.listeners());
        assertEquals(List.of(), before.transportNames());
    }

    @Test
    void eachTimeoutIsSetForItself() {
        builder.replyTimeout(Duration.ofSeconds(1)).sendTimeout(Duration.ofSeconds(2))
                .connectCallTimeout(Duration.ofSeconds(3)).closeTimeout(Duration.ofSeconds(4));

        assertEquals(
                Timeouts.DEFAULT.withReply(Duration.ofSeconds(1)).withSend(Duration.ofSeconds(2))
                        .withConnectCall(Duration.ofSeconds(3)).withClose(Duration.ofSeconds(4)),
                builder.config().timeouts());
        assertThrows(IllegalArgumentException.class, () -> builder.replyTimeout(Duration.ZERO));
    }

    @Test
    void onErrorHearsFailuresOnly() {
        List<ClientEvent> heard = new ArrayList<>();
        ClientConfig config = builder.onError(heard::add).config();
        ClientEvent failure = new ClientEvent.AttemptFailed(
                new HandshakeException(FailureKind.TRANSIENT, "x", null));
        config.listeners().forEach(listener -> {
            listener.accept(new ClientEvent.SessionRenewed());
            listener.accept(failure);
        });

        assertEquals(List.of(failure), heard);
    }

    @Test
    void defaults() {
        ClientConfig config = builder.config();

        assertSame(ChannelRules.COMETD, config.channelRules());
        assertSame(OnServerDisconnect.STOP, config.onServerDisconnect());
        assertSame(Backoff.DEFAULT, config.backoff());
        assertSame(Limits.DEFAULT, config.limits());
        assertSame(JsonValue.EMPTY_JSON_OBJECT, config.handshake().get());
        assertEquals(Map.of(), config.headers().headers());
    }

    @Test
    @Tag("C-135")
    void theTextFormOfTheSettingsHasNoSecrets() {
        String text = builder.header("X-A", "s3cret").credentials(refused -> Credentials.bearer("s3cret")).name("n")
                .config().toString();

        assertFalse(text.contains("s3cret"), text);
        assertTrue(text.contains("https://host") && text.contains("name=n"), text);
    }

    @Test
    void withoutAnEngineTheTextSaysWhatToAdd() {
        String text = assertThrows(ConfigurationException.class, builder::build).getMessage();

        assertTrue(text.contains("dev.bayeux:bayeux-core"));
        assertThrows(ConfigurationException.class, builder::connect);
    }

    @Test
    void anEngineThatCannotBeLoadedIsReportedLikeAMissingOne(@TempDir Path classes) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(ClientFactory.class.getName()), "no.such.Engine");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader broken = new URLClassLoader(new URL[]{classes.toUri().toURL()}, before)) {
            thread.setContextClassLoader(broken);
            ConfigurationException failure = assertThrows(ConfigurationException.class, builder::build);

            assertInstanceOf(ServiceConfigurationError.class, failure.getCause());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
