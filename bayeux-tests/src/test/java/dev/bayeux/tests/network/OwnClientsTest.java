package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestCertificate;
import dev.bayeux.transport.jdk.JdkCallbackPollingProvider;
import dev.bayeux.transport.jdk.JdkLongPollingProvider;
import dev.bayeux.transport.jetty.JettyLongPollingProvider;
import java.net.Authenticator;
import java.net.CookieManager;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HTTP clients that the program brings. */
@ExtendWith(NothingLeft.class)
class OwnClientsTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.localhost();

    private final HttpClient jetty = new HttpClient();

    @AfterEach
    void stop() {
        LifeCycle.stop(jetty);
    }

    private HttpClient started() throws Exception {
        jetty.setHttpCookieStore(new HttpCookieStore.Empty());
        jetty.start();
        return jetty;
    }

    private static String send(TransportProvider provider, URI uri, Duration limit) throws InterruptedException {
        try (RequestResponseTransport transport = (RequestResponseTransport) provider.open(TransportContext.to(uri))) {
            return transport.exchange(new Batch("[]", limit));
        }
    }

    private static void assertTwoTransportsWork(TransportProvider provider) throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(CERTIFICATE.context())) {
            server.answerWith(request -> Answer.json("[]"));
            assertEquals("[]", send(provider, server.uri(), Way.LIMIT));
            assertEquals("[]", send(provider, server.uri(), Way.LIMIT));
        }
    }

    @Test
    @Tag("transport:jdk")
    void tlsOverTheProgramsOwnClientOfTheJdkWhichStaysOpen() throws Exception {
        try (var client = java.net.http.HttpClient.newBuilder().sslContext(TestCertificate.trusting(CERTIFICATE))
                .build()) {
            assertTwoTransportsWork(new JdkLongPollingProvider(client));
            assertFalse(client.isTerminated());
            client.shutdownNow();
        }
    }

    @Test
    @Tag("transport:jetty")
    void tlsOverTheProgramsOwnClientOfJettyWhichStaysStarted() throws Exception {
        jetty.setSslContextFactory(new SslContextFactory.Client());
        jetty.getSslContextFactory().setSslContext(TestCertificate.trusting(CERTIFICATE));
        assertTwoTransportsWork(new JettyLongPollingProvider(started()));
        assertTrue(jetty.isStarted());
    }

    @Test
    @Tag("transport:jdk")
    void clientOfTheJdkThatRedirectsOrKeepsCookiesIsRefused() {
        try (var redirecting = java.net.http.HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
                var withCookies = java.net.http.HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            assertThrows(ConfigurationException.class, () -> new JdkLongPollingProvider(redirecting));
            assertThrows(ConfigurationException.class, () -> new JdkLongPollingProvider(withCookies));
        }
    }

    @Test
    @Tag("transport:jdk")
    @Tag("transport:jdk-callback-polling")
    void clientOfTheJdkThatLogsInWhenAskedIsRefusedWhereRequestsAreSentOnce() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                var loggingIn = java.net.http.HttpClient.newBuilder().authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication("me", "s3cret".toCharArray());
                    }
                }).build()) {
            server.answer(Answer.status(401).header("WWW-Authenticate", "Basic realm=\"test\""), Answer.json("[1]"));
            assertEquals("[1]", send(new JdkLongPollingProvider(loggingIn), server.uri(), Way.LIMIT));
            var refusal = assertThrows(ConfigurationException.class, () -> new JdkCallbackPollingProvider(loggingIn));
            assertTrue(refusal.getMessage().contains("Credentials"), refusal.getMessage());
        }
    }

    @Test
    @Tag("transport:jetty")
    void clientOfJettyThatIsNotStartedOrKeepsCookiesIsRefused() throws Exception {
        assertThrows(ConfigurationException.class, () -> new JettyLongPollingProvider(jetty));
        jetty.setHttpCookieStore(new HttpCookieStore.Default());
        jetty.start();
        var refusal = assertThrows(ConfigurationException.class, () -> new JettyLongPollingProvider(jetty));
        assertTrue(refusal.getMessage().contains("HttpCookieStore.Empty"), refusal.getMessage());
    }

    @Test
    @Tag("transport:jdk")
    @Tag("C-56")
    void switchThatRepeatsPostsIsRefused() {
        System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
        try {
            var refusal = assertThrows(ConfigurationException.class,
                    () -> new JdkLongPollingProvider().open(TransportContext.to(URI.create("http://localhost:1"))));
            assertTrue(refusal.getMessage().contains("enableAllMethodRetry"), refusal.getMessage());
        } finally {
            System.clearProperty("jdk.httpclient.enableAllMethodRetry");
        }
    }

    @Test
    @Tag("transport:jetty")
    void statusOfJettysClientIsSeenAsItIs() throws Exception {
        TransportProvider provider = new JettyLongPollingProvider(started());
        try (ScriptedServer server = ScriptedServer.start()) {
            for (Reply reply : List.of(Answer.status(302).header("Location", "/other"), Answer.status(401),
                    Answer.status(401).header("WWW-Authenticate", "Basic"))) {
                server.answer(reply);
                var failure = assertThrows(TransportException.class, () -> send(provider, server.uri(), Way.LIMIT));
                assertEquals(OptionalInt.of(reply.status()), failure.status());
            }
        }
    }

    @Test
    @Tag("transport:jetty")
    @Tag("C-100")
    void idleTimeoutOfJettysClientDoesNotEndAHeldRequest() throws Exception {
        Duration idle = Duration.ofMillis(100);
        jetty.setIdleTimeout(idle.toMillis());
        TransportProvider provider = new JettyLongPollingProvider(started());
        try (ScriptedServer server = ScriptedServer.start()) {
            server.answer(Answer.json("[1]"));
            // Jetty would take a connection for idle while its classes are loaded for the first time.
            assertEquals("[1]", send(new JettyLongPollingProvider(), server.uri(), Way.LIMIT));
            server.answerWith(request -> Answer.stall());
            Problem problem = endOfAHeldRequest(provider, server.uri(), idle);
            // On a busy machine Jetty may take a connection for idle before the request is on it.
            while (problem != Problem.TIMED_OUT && idle.compareTo(Way.LIMIT) < 0) {
                idle = idle.multipliedBy(2);
                jetty.setIdleTimeout(idle.toMillis());
                problem = endOfAHeldRequest(provider, server.uri(), idle);
            }
            assertEquals(Problem.TIMED_OUT, problem);
        }
    }

    private static Problem endOfAHeldRequest(TransportProvider provider, URI uri, Duration idle) {
        return assertThrows(TransportException.class, () -> send(provider, uri, idle.multipliedBy(5))).problem();
    }
}
