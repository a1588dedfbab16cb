package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ClosedPort;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.SilentPort;
import dev.bayeux.tests.server.TestCertificate;
import dev.bayeux.tests.server.TestProxy;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP proxies: their use, their login, and their failures. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
class ProxyTest {

    /** A name that only the proxy knows. */
    private static final URI BEHIND = URI.create("http://bayeux.invalid:8080/cometd");
    private static final TestCertificate CERTIFICATE = TestCertificate.localhost();

    private final ScriptedServer server = ScriptedServer.start();
    private final TestProxy proxy = TestProxy.start().routeAllTo(server.uri());
    private final HttpSettings through = HttpSettings.DEFAULT.withProxy(proxy.host(), proxy.port());
    private final HttpSettings withLogin = through.withProxyLogin(ProxyLogin.of("me", "s3cret"));

    ProxyTest() {
        server.answerWith(request -> Answer.json("[\"got %s\"]".formatted(request.text())));
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    private static String secured(ScriptedServer server) {
        return "localhost:" + server.uri().getPort();
    }

    @OverEachTransport
    void aServerIsReachedThroughTheProxy(Http http) throws Exception {
        try (Way way = new Way(http, BEHIND, through)) {
            assertEquals("[\"got [1]\"]", way.exchange("[1]"));
            assertEquals("[\"got [2]\"]", way.exchange("[2]"));
        }
        assertEquals(http.fullDuplex() ? 1 : 2, proxy.requests().size());
        assertTrue(proxy.requests().getFirst()
                .matches("CONNECT bayeux.invalid:8080|(POST|GET) http://bayeux.invalid:8080/cometd.*"));
        assertEquals("bayeux.invalid:8080", http.fullDuplex()
                ? server.sockets().takeUpgrade(Way.LIMIT).header("Host")
                : server.takeRequest(Way.LIMIT).header("Host"));
    }

    @OverEachTransport
    void tlsGoesThroughATunnel(Http http) throws Exception {
        try (ScriptedServer secure = ScriptedServer.start(CERTIFICATE.context()); TestProxy other = TestProxy.start()) {
            secure.answerWith(request -> Answer.json("[]"));
            HttpSettings settings = HttpSettings.DEFAULT.withProxy(other.host(), other.port())
                    .withTls(TestCertificate.trusting(CERTIFICATE));
            try (Way way = new Way(http, URI.create("https://%s/cometd".formatted(secured(secure))), settings)) {
                assertEquals("[]", way.exchange("[1]"));
                assertEquals("[]", way.exchange("[2]"));
            }
            // The first request of a transport may ask for the end of its connection.
            assertEquals(Set.of("CONNECT " + secured(secure)), Set.copyOf(other.requests()));
        }
    }

    /** Jetty by itself fails at about one of five here, if the proxy is as fast as this one. */
    @OverEachTransport
    void tunnelsAreMadeHoweverFastTheProxyIs(Http http) throws Exception {
        for (int i = 0; i < 40; i++) {
            try (Way way = new Way(http, BEHIND, through)) {
                assertEquals("[\"got [1]\"]", way.exchange("[1]"));
            }
        }
    }

    @OverEachTransport
    void theLoginGoesToTheProxy(Http http) throws Exception {
        assumeTrue(http != Http.JDK_WEBSOCKET, "needs a JVM started with a property: JdkTunnelLoginTest");
        proxy.requireLogin("me", "s3cret");
        try (Way way = new Way(http, BEHIND, withLogin)) {
            assertEquals("[\"got [1]\"]", way.exchange("[1]"));
        }
        assertEquals(1, proxy.requests().size());
    }

    /**
     * The JDK does not log in for a tunnel (but see JdkTunnelLoginTest); the login for the proxy must not reach the server.
     */
    @OverEachTransport
    void theLoginStaysOutOfTheTunnel(Http http) throws Exception {
        if (!http.name().startsWith("JDK")) {
            proxy.requireLogin("me", "s3cret");
        }
        try (ScriptedServer secure = ScriptedServer.start(CERTIFICATE.context())) {
            secure.answerWith(request -> Answer.json("[]"));
            proxy.routeAllTo(secure.uri());
            try (Way way = new Way(http, URI.create("https://%s/cometd".formatted(secured(secure))),
                    withLogin.withTls(TestCertificate.trusting(CERTIFICATE)))) {
                assertEquals("[]", way.exchange("[1]"));
            }
            assertEquals("", (http.fullDuplex()
                    ? secure.sockets().takeUpgrade(Way.LIMIT)
                    : secure.takeRequest(Way.LIMIT)).header("Proxy-Authorization"));
        }
    }

    @OverEachTransport
    void aServerThatIsNoProxyDoesNotSeeTheLogin(Http http) throws Exception {
        try (Way way = new Way(http, server.uri(), withLogin.withoutProxy())) {
            assertEquals("[\"got [1]\"]", way.exchange("[1]"));
        }
        assertEquals("", server.takeRequest(Way.LIMIT).header("Proxy-Authorization"));
    }

    @OverEachTransport
    void aProxyThatWantsAnotherLoginSaysSo(Http http) {
        proxy.requireLogin("somebody", "else");
        try (Way way = new Way(http, BEHIND, withLogin)) {
            TransportException refused = way.failure();
            assertEquals(OptionalInt.of(407), refused.status());
            assertEquals(FailureKind.AUTHENTICATION, refused.kind());
            assertTrue(refused.getMessage().contains("roxy"), refused.getMessage());
            assertNoSecret(refused);
        }
        assertEquals(List.of(), proxy.requests());
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JDK_WEBSOCKET"})
    void theJdkDoesNotLogInForTunnelsAndSaysWhatToDo(Http http) {
        proxy.requireLogin("me", "s3cret");
        URI secure = URI.create("https://bayeux.invalid:8443/cometd");
        try (Way way = new Way(http, http.fullDuplex() ? BEHIND : secure, withLogin)) {
            TransportException refused = way.failure();
            assertEquals(OptionalInt.of(407), refused.status());
            assertTrue(refused.getMessage().contains("-Djdk.http.auth.tunneling.disabledSchemes=\"\""),
                    refused.getMessage());
            assertNoSecret(refused);
        }
    }

    @OverEachTransport
    void aProxyThatIsDown(Http http) throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            assertUnreachable(http, withLogin.withProxy("127.0.0.1", nobody.number()), Problem.NOT_CONNECTED,
                    "127.0.0.1:" + nobody.number());
        }
    }

    @OverEachTransport
    void aProxyWhoseNameIsUnknown(Http http) {
        assertUnreachable(http, withLogin.withProxy("proxy.invalid", 3128), Problem.UNKNOWN_HOST,
                "proxy.invalid:3128");
    }

    @OverEachTransport
    void aProxyThatGivesNoTunnel(Http http) {
        proxy.refuseTunnels(502);
        URI secure = URI.create("https://bayeux.invalid:8443/cometd");
        try (Way way = new Way(http, secure, withLogin)) {
            TransportException failure = way.failure();
            assertEquals(Problem.NOT_CONNECTED, failure.problem(), failure::toString);
            assertTrue(failure.getMessage().contains("502"), failure.getMessage());
            assertNoSecret(failure);
        }
    }

    @OverEachTransport
    void aProxyToWhichNoConnectionIsMadeInTime(Http http) {
        try (SilentPort silent = SilentPort.open();
                Way way = new Way(http, TransportContext.to(BEHIND).withConnectTimeout(Duration.ofMillis(200))
                        .withHttp(withLogin.withProxy(silent.uri().getHost(), silent.uri().getPort())))) {
            TransportException failure = way.failure();
            assertEquals(Problem.NOT_CONNECTED, failure.problem(), failure::toString);
        }
    }

    @OverEachTransport
    void theSystemsProxiesAreUsedUnlessTheSettingsSayOtherwise(Http http) throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(through.proxies());
        try (Way way = new Way(http, BEHIND, HttpSettings.DEFAULT);
                Way straight = new Way(http, server.uri(), HttpSettings.DEFAULT.withoutProxy())) {
            assertEquals("[\"got [1]\"]", way.exchange("[1]"));
            assertEquals("[\"got [2]\"]", straight.exchange("[2]"));
        } finally {
            ProxySelector.setDefault(before);
        }
        assertEquals(1, proxy.requests().size());
    }

    @OverEachTransport
    void aSelectorChoosesServerByServer(Http http) throws Exception {
        HttpSettings settings = HttpSettings.DEFAULT.withProxies(new ProxySelector() {

            @Override
            public List<Proxy> select(URI uri) {
                assertEquals("http", uri.getScheme());
                return uri.getHost().endsWith(".invalid") ? through.proxies().select(uri) : List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress place, IOException failure) {
                throw new AssertionError(failure);
            }
        });
        try (Way straight = new Way(http, server.uri(), settings); Way way = new Way(http, BEHIND, settings)) {
            assertEquals("[\"got [1]\"]", straight.exchange("[1]"));
            assertEquals("[\"got [2]\"]", way.exchange("[2]"));
            assertEquals("[\"got [3]\"]", straight.exchange("[3]"));
        }
        assertEquals(1, proxy.requests().size());
    }

    private static void assertUnreachable(Http http, HttpSettings settings, Problem problem, String place) {
        try (Way way = new Way(http, BEHIND, settings)) {
            TransportException failure = way.failure();
            assertEquals(problem, failure.problem(), failure::toString);
            assertTrue(failure.notSent());
            assertTrue(failure.getMessage().contains("through the proxy " + place), failure.getMessage());
            assertNoSecret(failure);
        }
    }

    private static void assertNoSecret(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("s3cret") || cause.toString().contains("Basic bW"), cause::toString);
        }
    }
}
