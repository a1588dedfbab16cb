package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.Redirects;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.TestCertificate;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trust, client certificates, and IPv6 addresses. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
class TlsTest {

    private static final TestCertificate LOCALHOST = TestCertificate.localhost();
    private static final TestCertificate ELSEWHERE = TestCertificate.named("elsewhere.example");
    private static final TestCertificate CLIENT = TestCertificate.named("client");
    private static final HttpSettings TRUSTING = HttpSettings.DEFAULT
            .withTls(TestCertificate.trusting(LOCALHOST, ELSEWHERE));

    private static ScriptedServer answering(ScriptedServer server) {
        server.answerWith(request -> Answer.json("[\"got %s\"]".formatted(request.text())));
        return server;
    }

    @OverEachTransport
    void messagesComeAndGo(Http http) throws Exception {
        try (ScriptedBayeux server = ScriptedBayeux.over(ScriptedServer.start(LOCALHOST.context()))
                .withoutCookies();
                BayeuxClient client = BayeuxClient.builder(server.uri()).transports(http.provider()).http(TRUSTING)
                        .connect()) {
            PullSubscription<JsonValue> subscription = client.subscribe("/foo");
            client.publish("/foo", "out");
            assertEquals("\"out\"", subscription.poll(Way.LIMIT).orElseThrow().text());
            String large = "x".repeat(100_000);
            server.publish("/foo", "\"%s\"".formatted(large));
            assertEquals(large.length() + 2, subscription.poll(Way.LIMIT).orElseThrow().text().length());
        }
    }

    @OverEachTransport
    void whoIsNotTrusted(Http http) {
        try (ScriptedServer server = answering(ScriptedServer.start(LOCALHOST.context()))) {
            assertUntrusted(http, server, HttpSettings.DEFAULT);
        }
    }

    /** A client of a server without TLS loads none of it until a redirect leads it to one that has it. */
    @OverEachTransport
    void whereARedirectLeads(Http http) {
        assumeTrue(!http.fullDuplex(), "an upgrade is not redirected");
        try (ScriptedServer secure = answering(ScriptedServer.start(LOCALHOST.context()));
                ScriptedServer plain = ScriptedServer.start()) {
            plain.answerWith(request -> Answer.status(307).header("Location", secure.uri().toString()));
            try (Way way = new Way(http, plain.uri(),
                    HttpSettings.DEFAULT.withRedirects(Redirects.alsoTo(secure.uri())))) {
                assertEquals(Problem.UNTRUSTED, way.failure().problem());
            }
            assertEquals(1, plain.requests().size());
            assertEquals(0, secure.requests().size());
        }
    }

    @OverEachTransport
    void aTrustedCertificateForAnotherHost(Http http) {
        try (ScriptedServer server = answering(ScriptedServer.start(ELSEWHERE.context()))) {
            assertUntrusted(http, server, TRUSTING);
        }
    }

    @OverEachTransport
    void whoAsksForNoSecurityTrustsBoth(Http http) throws Exception {
        for (TestCertificate certificate : new TestCertificate[]{LOCALHOST, ELSEWHERE}) {
            try (ScriptedServer server = answering(ScriptedServer.start(certificate.context()));
                    Way way = new Way(http, server.uri(), HttpSettings.DEFAULT.withInsecureTls())) {
                assertEquals("[\"got [1]\"]", way.exchange("[1]"));
            }
        }
    }

    @OverEachTransport
    void aClientShowsItsCertificate(Http http) throws Exception {
        try (ScriptedServer server = answering(ScriptedServer.startAskingClients(LOCALHOST.context(CLIENT)));
                Way way = new Way(http, server.uri(), HttpSettings.DEFAULT.withTls(CLIENT.context(LOCALHOST)))) {
            assertEquals("[\"got [1]\"]", way.exchange("[1]"));
        }
    }

    @OverEachTransport
    void aClientWithoutTheRightCertificateIsTurnedAway(Http http) {
        for (SSLContext tls : List.of(TestCertificate.trusting(LOCALHOST), ELSEWHERE.context(LOCALHOST))) {
            try (ScriptedServer server = answering(ScriptedServer.startAskingClients(LOCALHOST.context(CLIENT)));
                    Way way = new Way(http, server.uri(), HttpSettings.DEFAULT.withTls(tls))) {
                // With TLS 1.3 a client may write already when the server closes, and then cannot read why.
                TransportException failure = way.failure();
                assertTrue(Set.of(Problem.UNTRUSTED, Problem.LOST, Problem.NOT_UPGRADED).contains(failure.problem()),
                        failure::toString);
                assertEquals(0, server.requests().size());
            }
        }
    }

    @OverEachTransport
    void addressesOfTheSixthVersion(Http http) throws Exception {
        InetAddress six = InetAddress.getByName("::1");
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(six, 0));
        } catch (IOException none) {
            assumeTrue(false, "this machine has no IPv6");
        }
        try (ScriptedServer server = answering(ScriptedServer.start(six))) {
            URI literal = URI.create("http://[::1]:%d/cometd".formatted(server.uri().getPort()));
            try (Way way = new Way(http, literal, HttpSettings.DEFAULT)) {
                assertEquals("[\"got [1]\"]", way.exchange("[1]"));
            }
            assertEquals("[::1]:%d".formatted(literal.getPort()), (http.fullDuplex()
                    ? server.sockets().takeUpgrade(Way.LIMIT)
                    : server.takeRequest(Way.LIMIT)).header("Host"));
        }
    }

    private static void assertUntrusted(Http http, ScriptedServer server, HttpSettings settings) {
        try (Way way = new Way(http, server.uri(), settings)) {
            TransportException failure = way.failure();
            assertEquals(Problem.UNTRUSTED, failure.problem(), failure::toString);
            assertTrue(failure.notSent());
            assertEquals(0, server.requests().size());
        }
    }
}
