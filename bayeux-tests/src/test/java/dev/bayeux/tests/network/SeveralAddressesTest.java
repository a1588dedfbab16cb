package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ClosedPort;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.SilentPort;
import dev.bayeux.tests.server.TestCertificate;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A name that stands for two addresses, the first of which is dead. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
class SeveralAddressesTest {

    private static final TestCertificate NAMED = TestCertificate.named(TestNames.TWO_ADDRESSES);
    private static final TestCertificate LOCALHOST = TestCertificate.localhost();
    private static final HttpSettings TRUSTING = HttpSettings.DEFAULT
            .withTls(TestCertificate.trusting(NAMED, LOCALHOST));

    private static ScriptedServer answering(ScriptedServer server) {
        server.answerWith(request -> Answer.json("[\"%s\"]".formatted(request.header("Host"))));
        return server;
    }

    private static URI named(ScriptedServer server) {
        URI uri = server.uri();
        return URI.create("%s://%s:%d%s?q=%%22".formatted(uri.getScheme(), TestNames.TWO_ADDRESSES, uri.getPort(),
                uri.getRawPath()));
    }

    private static void assertReached(Way way, Http http, URI uri, ScriptedServer server) throws InterruptedException {
        String authority = "%s:%d".formatted(uri.getHost(), uri.getPort());
        Object answer = way.exchange("[]");
        if (!http.fullDuplex()) {
            assertEquals("[\"%s\"]".formatted(authority), answer);
        }
        assertEquals(authority, server.requests().getLast().header("Host"));
        assertEquals(uri.getRawPath() + "?" + uri.getRawQuery(), server.requests().getLast().target());
    }

    @OverEachTransport
    void theSecondIsUsedWhereTheFirstRefuses(Http http) throws Exception {
        try (ScriptedServer server = answering(ScriptedServer.start(TestNames.SECOND));
                Way way = new Way(http, named(server), HttpSettings.DEFAULT)) {
            assertReached(way, http, named(server), server);
            way.exchange("[]");
        }
    }

    @OverEachTransport
    void theSecondIsUsedWhereTheFirstIsSilent(Http http) throws Exception {
        try (ScriptedServer server = answering(ScriptedServer.start(TestNames.SECOND));
                SilentPort silent = SilentPort.open(TestNames.FIRST, server.uri().getPort());
                Way way = new Way(http, TransportContext.to(named(server))
                        .withConnectTimeout(Duration.ofSeconds(4)))) {
            assertTrue(silent.uri().toString().contains("127.0.0.2"));
            assertReached(way, http, named(server), server);
        }
    }

    @OverEachTransport
    void overTlsTheCertificateIsForTheName(Http http) throws Exception {
        try (ScriptedServer server = answering(ScriptedServer.start(NAMED.context()));
                Way way = new Way(http, named(server), TRUSTING)) {
            assertReached(way, http, named(server), server);
        }
    }

    @OverEachTransport
    void aCertificateForTheAddressAloneIsNotTrusted(Http http) {
        try (ScriptedServer server = answering(ScriptedServer.start(LOCALHOST.context()));
                Way way = new Way(http, named(server), TRUSTING)) {
            TransportException failure = way.failure();
            assertEquals(Problem.UNTRUSTED, failure.problem(), failure::toString);
        }
    }

    @OverEachTransport
    void whereNoneIsReachedTheTextNamesAll(Http http) throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                Way way = new Way(http,
                        URI.create("http://%s:%d/b".formatted(TestNames.TWO_ADDRESSES, nobody.number())),
                        HttpSettings.DEFAULT)) {
            TransportException failure = way.failure();
            assertEquals(Problem.NOT_CONNECTED, failure.problem());
            assertTrue(failure.getMessage().contains("(127.0.0.2, 127.0.0.1)"), failure::getMessage);
        }
    }
}
