package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Limits;
import dev.bayeux.api.Observation;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of a failure names the server, the request, the fault and the remedy. */
@Tag("transport:jdk")
@Tag("transport:jetty")
class FailureTextsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ScriptedBayeux server = ScriptedBayeux.start().withoutCookies();

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    private BayeuxClient client(Http http) {
        return BayeuxClient.builder(server.uri()).transports(http.provider()).connectCallTimeout(PATIENCE)
                .replyTimeout(PATIENCE).sendTimeout(PATIENCE).limits(Limits.DEFAULT.withMaxReplyBytes(9_000)
                        .withMaxReplyMessages(10))
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50)).withMaxAttempts(1))
                .observation(Observation.DEFAULT.withoutLogging()).build();
    }

    private static Answer reply(String fields) {
        return Answer.json("[{\"channel\":\"/meta/handshake\",\"id\":\"h1\"," + fields + "}]");
    }

    static Stream<Arguments> answersToHandshakes() {
        return Stream.of(
                Arguments.of(Answer.html("<p>Log in"), "/meta/handshake", "HTML", "address"),
                Arguments.of(Answer.json("hello"), "/meta/handshake", "5 characters", "Does a Bayeux server answer"),
                Arguments.of(Answer.json("[{\"channel\":"), "/meta/handshake", "not a JSON array", "change or cut"),
                Arguments.of(Answer.json("[]"), "/meta/handshake", "is empty", "Dialect.DRAFT_1"),
                Arguments.of(Answer.json("[{\"channel\":\"/x\",\"data\":1}]"), "/meta/handshake", "no reply",
                        "Does a Bayeux server answer"),
                Arguments.of(reply("\"successful\":true"), "handshake", "no clientId", "Is it a Bayeux server"),
                Arguments.of(reply("\"successful\":false,\"error\":\"403::denied\""), "/meta/handshake", "403::denied",
                        "credentials"),
                Arguments.of(reply("\"successful\":false"), "/meta/handshake", "no reason", "later attempt"),
                Arguments.of(Answer.json("[" + "1,{\"channel\":\"/x\",\"data\":1},".repeat(20) + "1]"),
                        "/meta/handshake",
                        "more than 10 messages", "maxReplyMessages"),
                Arguments.of(Answer.json("[" + " ".repeat(10_000) + "]"), "", "more than 9000 bytes", "maxReplyBytes"),
                Arguments.of(Answer.status(204), "POST", "204", "something other than a Bayeux server"),
                Arguments.of(Answer.status(503), "POST", "503", "busy"),
                Arguments.of(Answer.raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"), "POST", "not valid HTTP", "something other"),
                Arguments.of(Answer.drop(), "POST", "lost", "proxy"));
    }

    private void assertTells(BayeuxException failure, String... parts) {
        for (String part : parts) {
            assertTrue(failure.getMessage().contains(part), failure::getMessage);
        }
        assertTrue(failure.getMessage().contains(server.uri().toString()), failure::getMessage);
    }

    @ParameterizedTest
    @MethodSource("answersToHandshakes")
    void aHandshakeThatFails(Answer answer, String asked, String wrong, String remedy) {
        for (Http http : new Http[]{Http.JDK, Http.JETTY}) {
            server.next("/meta/handshake").answer(answer);
            try (BayeuxClient client = client(http)) {
                assertTells(assertThrows(HandshakeException.class, client::connect), asked, wrong, remedy);
            }
        }
    }

    @Test
    void aServerThatWantsAnotherHandshakeForEver() throws Exception {
        try (BayeuxClient client = client(Http.JDK)) {
            server.next("/meta/connect").amend("{\"advice\":{\"reconnect\":\"handshake\"}}");
            assertTells(assertThrows(HandshakeException.class, client::connect), "asked for another handshake",
                    "the same one of several servers");
        }
    }

    @Test
    void aRefusedSubscriptionAndARefusedPublish() throws Exception {
        for (Http http : new Http[]{Http.JDK, Http.JETTY_WEBSOCKET}) {
            try (BayeuxClient client = client(http)) {
                server.deny("/foo");
                client.connect();
                assertTells(assertThrows(SubscribeException.class, () -> client.subscribe("/foo")), "/meta/subscribe",
                        "403", "may this client use it");
                assertTells(assertThrows(PublishException.class, () -> client.publish("/foo", 1)), "/foo", "403",
                        "may this client use it");
                server.next("/bar").answer(Answer.json("[]"));
                PublishException unconfirmed = assertThrows(PublishException.class, () -> client.publish("/bar", 1));
                assertTells(unconfirmed, "/bar", "is empty", "may have processed");
                assertEquals(PublishException.Outcome.UNKNOWN, unconfirmed.outcome());
            }
        }
    }
}
