package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ClosedPort;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestCertificate;
import dev.bayeux.tests.server.TestProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transport makes of the proxies and of the TLS of {@link HttpSettings}. */
abstract class NetworkRules {

    /** A name that only the proxy knows. */
    private static final URI BEHIND = URI.create("http://bayeux.invalid:8080/bayeux");
    private static final URI SECURE_BEHIND = URI.create("https://bayeux.invalid:8443/bayeux");
    private static final String SECRET = "s3cret";
    private static final TestCertificate LOCALHOST = TestCertificate.localhost();
    private static final TestCertificate ELSEWHERE = TestCertificate.named("elsewhere.example");
    private static final TestCertificate CLIENT = TestCertificate.named("client");

    private final Opened opened = new Opened();
    private ScriptedServer server;
    private TestProxy proxy;
    private HttpSettings through;

    NetworkRules() {
    }

    /** The provider of the transport to prove. */
    abstract TransportProvider provider();

    abstract Duration patience();

    /** Whether the transport has these settings at all. */
    abstract boolean http();

    /** Whether the stack logs in where a proxy makes a tunnel. */
    abstract boolean logsInForTunnels();

    /** Whether a proxy makes a tunnel for all connections, and not for those with TLS alone. */
    abstract boolean tunnelsAlways();

    @BeforeEach
    final void setUp() {
        Assumptions.assumeTrue(http(), "not for a transport without HTTP: it has no proxies and no TLS");
        server = answering(ScriptedServer.start());
        proxy = TestProxy.start().routeAllTo(server.uri());
        through = HttpSettings.DEFAULT.withProxy(proxy.host(), proxy.port());
    }

    @AfterEach
    final void tearDown() throws InterruptedException {
        if (server != null) {
            opened.close();
            proxy.close();
            server.close();
        }
    }

    private static ScriptedServer answering(ScriptedServer started) {
        started.answerWith(request -> Answer.json("[\"answer\"]"));
        return started;
    }

    private HttpSettings withLogin() {
        return through.withProxyLogin(ProxyLogin.of("me", SECRET));
    }

    /** Sends a batch over a separate transport; the answer, or the failure, is what counts. */
    private Sending send(URI uri, HttpSettings settings, RecordingInbox inbox) {
        TransportContext context = TransportContext.to(uri).withConnectTimeout(patience()).withHttp(settings)
                .withInbox(inbox);
        Batch batch = new Batch("[1]", patience());
        return opened.add(switch (opened.add(provider().open(context))) {
            case RequestResponseTransport requests -> Sending.request(requests, batch, patience());
            case FullDuplexTransport connection -> Sending.write(connection, batch, patience());
        });
    }

    private void assertAnswered(URI uri, HttpSettings settings) throws InterruptedException {
        RecordingInbox inbox = new RecordingInbox(patience());
        String answer = send(uri, settings, inbox).reply();
        assertEquals("[\"answer\"]", answer.isEmpty() ? inbox.message() : answer);
    }

    private TransportException failure(URI uri, HttpSettings settings) throws InterruptedException {
        TransportException failure = send(uri, settings, new RecordingInbox(patience())).transportFailure();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains(SECRET) || cause.toString().contains("Basic bW"),
                    "a text contains the password");
        }
        return failure;
    }

    /** Nothing was sent, and the text says through which proxy nothing could be. */
    private void assertNotSent(URI uri, HttpSettings settings, String place) throws InterruptedException {
        TransportException failure = failure(uri, settings);
        assertTrue(failure.notSent(), failure::toString);
        assertTrue(failure.getMessage().contains(place), failure::getMessage);
    }

    private String place() {
        return proxy.host() + ":" + proxy.port();
    }

    /** A login that is missing or wrong: that is known, and so is that the server has processed nothing. */
    private void assertLoginRefused(URI uri, HttpSettings settings) throws InterruptedException {
        TransportException refused = failure(uri, settings);
        assertEquals(OptionalInt.of(407), refused.status(), refused::toString);
        assertEquals(FailureKind.AUTHENTICATION, refused.kind());
        assertTrue(refused.notSent() || refused.refused(), refused::toString);
        assertTrue(refused.getMessage().contains(place()), refused::getMessage);
        assertEquals(List.of(), proxy.requests());
    }

    private static ScriptedServer secure() {
        return answering(ScriptedServer.start(LOCALHOST.context()));
    }

    private static void assertNoLogin(ScriptedServer reached) {
        assertTrue(reached.requestCount() > 0);
        reached.requests().forEach(
                request -> assertEquals(List.of(), request.headers("Proxy-Authorization"), request::toString));
    }

    @Test
    void theProxyIsUsed() throws Exception {
        assertAnswered(BEHIND, through);
        assertEquals(1, proxy.requests().size());
    }

    @Test
    void theLoginGoesToTheProxy() throws Exception {
        Assumptions.assumeTrue(logsInForTunnels() || !tunnelsAlways(), "the stack does not log in for tunnels");
        proxy.requireLogin("me", SECRET);
        assertAnswered(BEHIND, withLogin());
        assertEquals(1, proxy.requests().size());
    }

    @Test
    void theLoginForATunnelGoesToTheProxy() throws Exception {
        Assumptions.assumeTrue(logsInForTunnels(), "the stack does not log in for tunnels");
        try (ScriptedServer secure = secure()) {
            proxy.routeAllTo(secure.uri()).requireLogin("me", SECRET);
            assertAnswered(secure.uri(), withLogin().withTls(TestCertificate.trusting(LOCALHOST)));
            assertEquals(List.of("CONNECT " + secure.uri().getAuthority()), proxy.requests());
        }
    }

    /** The proxy asks for no login, so that this holds for a stack that sends none for tunnels, too. */
    @Test
    void theLoginStaysOutOfTheTunnel() throws Exception {
        try (ScriptedServer secure = secure()) {
            proxy.routeAllTo(secure.uri());
            assertAnswered(secure.uri(), withLogin().withTls(TestCertificate.trusting(LOCALHOST)));
            assertNoLogin(secure);
        }
    }

    @Test
    void theLoginGoesToNoServer() throws Exception {
        assertAnswered(server.uri(), withLogin().withoutProxy());
        assertNoLogin(server);
    }

    @Test
    void aProxyThatWantsAnotherLoginSaysSo() throws Exception {
        proxy.requireLogin("somebody", "else");
        Case.of("for a request, another login", () -> assertLoginRefused(BEHIND, withLogin()));
        Case.of("for a request, no login", () -> assertLoginRefused(BEHIND, through));
        Case.of("for a tunnel, another login", () -> assertLoginRefused(SECURE_BEHIND, withLogin()));
        Case.of("for a tunnel, no login", () -> assertLoginRefused(SECURE_BEHIND, through));
    }

    @Test
    void aProxyThatGivesNoConnectionMeansThatNothingWasSent() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            Case.of("it is down", () -> assertNotSent(BEHIND, through.withProxy("127.0.0.1", nobody.number()),
                    "127.0.0.1:" + nobody.number()));
        }
        Case.of("its name is unknown",
                () -> assertNotSent(BEHIND, through.withProxy(UnknownHost.NAME, 3128), UnknownHost.NAME + ":3128"));
        proxy.refuseTunnels(502);
        Case.of("it gives no tunnel", () -> assertNotSent(SECURE_BEHIND, through, place()));
    }

    @Test
    void tlsGoesThroughATunnel() throws Exception {
        try (ScriptedServer secure = secure()) {
            proxy.routeAllTo(secure.uri());
            assertAnswered(secure.uri(), through.withTls(TestCertificate.trusting(LOCALHOST)));
            assertEquals(List.of("CONNECT " + secure.uri().getAuthority()), proxy.requests());
        }
    }

    @Test
    void aServerThatIsTrustedIsReached() throws Exception {
        try (ScriptedServer secure = secure()) {
            assertAnswered(secure.uri(), HttpSettings.DEFAULT.withTls(TestCertificate.trusting(LOCALHOST)));
        }
    }

    @Test
    void aServerThatIsNotTrustedGetsNothing() throws Exception {
        Case.of("an unknown certificate", () -> assertUntrusted(LOCALHOST, HttpSettings.DEFAULT));
        Case.of("a certificate for another host", () -> assertUntrusted(ELSEWHERE,
                HttpSettings.DEFAULT.withTls(TestCertificate.trusting(ELSEWHERE))));
    }

    private void assertUntrusted(TestCertificate shown, HttpSettings settings) throws InterruptedException {
        try (ScriptedServer secure = answering(ScriptedServer.start(shown.context()))) {
            TransportException failure = failure(secure.uri(), settings);
            assertEquals(Problem.UNTRUSTED, failure.problem(), failure::toString);
            assertTrue(failure.notSent());
            assertEquals(0, secure.requestCount());
        }
    }

    @Test
    void withoutSecurityAnyCertificateWillDo() throws Exception {
        for (TestCertificate shown : List.of(LOCALHOST, ELSEWHERE)) {
            Case.of(shown == LOCALHOST ? "the host's" : "another host's", () -> {
                try (ScriptedServer secure = answering(ScriptedServer.start(shown.context()))) {
                    assertAnswered(secure.uri(), HttpSettings.DEFAULT.withInsecureTls());
                }
            });
        }
    }

    @Test
    void theCertificateOfTheClientIsShown() throws Exception {
        try (ScriptedServer secure = answering(ScriptedServer.startAskingClients(LOCALHOST.context(CLIENT)))) {
            assertAnswered(secure.uri(), HttpSettings.DEFAULT.withTls(CLIENT.context(LOCALHOST)));
        }
    }
}
