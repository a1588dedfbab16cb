package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Reconnect;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the text of an error means where the advice is silent. */
class RefusalTest {

    private static final String SERVER = "http://a.example/bayeux";

    @ParameterizedTest
    @ValueSource(strings = {"402::session_unknown", "402::Unknown client", "402::unknown_client",
            "402::unknown_session", "403::Unknown client", "401:abc:Unknown client", "Client unknown",
            "invalid clientId", "Client id '4F-2' is invalid", "UNKNOWN  SESSION", "client_unknown"})
    @Tag("C-20/A8")
    void textsOfLostSessions(String error) {
        assertEquals(true, Refusal.meansLostSession(Reply.no(error).on(Fields.CONNECT, "c1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "402:connectionType:Missing required parameter", "403::denied", "Client is polling",
            "500::session", "400::channel_missing", "Client id '4F-2' is polling already"})
    @Tag("C-20/A8")
    void textsOfOtherRefusals(String error) {
        assertEquals(false, Refusal.meansLostSession(Reply.no(error).on(Fields.CONNECT, "c1")));
    }

    @ParameterizedTest
    @CsvSource({"/meta/handshake, 401::x, AUTHENTICATION", "/meta/handshake, 403::handshake_denied, AUTHENTICATION",
            "/meta/handshake, 301::types, TRANSIENT", "/meta/handshake, 503::busy, TRANSIENT",
            "/meta/handshake, 403::Organization total events daily limit exceeded, TRANSIENT",
            "/meta/handshake, free text, TRANSIENT", "/meta/connect, 401::Authentication invalid, AUTHENTICATION",
            "/meta/connect, 401:s1:Unknown client, TRANSIENT", "/meta/connect, 403::Unknown client, TRANSIENT",
            "/meta/connect, 402::session_unknown, TRANSIENT", "/meta/subscribe, 403::subscribe_denied, PERMANENT",
            "/meta/subscribe, 403::Unknown client, TRANSIENT", "/chat, 403::publish_denied, PERMANENT",
            "/chat, 402::session_unknown, TRANSIENT", "/chat, 500::oops, TRANSIENT"})
    void kindsOfRefusals(String channel, String error, FailureKind kind) {
        assertEquals(kind, Refusal.of(Reply.no(error).on(channel, "1"), "s1", SERVER).kind());
    }

    @Test
    void theReasonInExtWins() {
        IncomingMessage reply = new MessageReader(Json.find()).read("""
                {"channel": "/meta/handshake", "id": "h1", "successful": false, "error": "403::Handshake denied",
                 "ext": {"sfdc": {"failureReason": "503::Server is too busy"}}}""", "long-polling").messages()
                .getFirst();
        RefusedException refusal = Refusal.of(reply, "", SERVER);
        assertEquals(FailureKind.TRANSIENT, refusal.kind());
        assertEquals(ServerError.parse("403::Handshake denied"), refusal.error());
        assertEquals(reply.ext(), refusal.ext());
    }

    @ParameterizedTest
    @CsvSource({"/meta/handshake, 403::Handshake denied", "/meta/subscribe, 403::denied", "/chat, 403::denied"})
    void theReasonInExtStandsInTheText(String channel, String error) {
        IncomingMessage reply = new MessageReader(Json.find()).read("""
                {"channel": "%s", "id": "7", "successful": false, "error": "%s",
                 "ext": {"sfdc": {"failureReason": "503::Server is too busy"}}}""".formatted(channel, error),
                "long-polling").messages().getFirst();
        assertEquals("%s refused %s: %s (503::Server is too busy). A later attempt may be accepted.".formatted(SERVER,
                channel, error),
                Refusal.of(reply, "", SERVER).getMessage());
        assertEquals(FailureKind.TRANSIENT, Refusal.of(reply, "", SERVER).kind());
    }

    @Test
    @Tag("C-31")
    void anotherClientWithTheSameCookiesIsAReason() {
        RefusedException refusal = Refusal
                .of(Reply.no("").reconnect(Reconnect.NONE).multipleClients().on(Fields.CONNECT, "c1"), "s1", SERVER);
        assertEquals(SERVER + " refused /meta/connect: another client uses the same cookies (advice multiple-clients)."
                + " The server's log may say why.", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"/meta/connect, 403::denied", "/meta/connect, 402::session_unknown", "/meta/handshake, 500::oops",
            "/meta/handshake, free text"})
    void aRefusalWithoutRetryIsPermanent(String channel, String error) {
        assertEquals(FailureKind.PERMANENT,
                Refusal.of(Reply.no(error).reconnect(Reconnect.NONE).on(channel, "1"), "s1", SERVER).kind());
        assertEquals(FailureKind.TRANSIENT,
                Refusal.of(Reply.no(error).reconnect(Reconnect.RETRY).on(channel, "1"), "s1", SERVER).kind());
    }

    @Test
    void aNegativeIntervalIsNoneForAConnect() {
        assertEquals(FailureKind.PERMANENT,
                Refusal.of(Reply.no("403::x").interval(-1).on(Fields.CONNECT, "1"), "s1", SERVER).kind());
    }

    @Test
    @Tag("C-135")
    void theClientIdIsNotShown() {
        RefusedException refusal = Refusal.of(Reply.no("401:x,4F2-secret:Client 4F2-secret unknown").on("/chat", "1"),
                "4F2-secret", SERVER);
        assertEquals("401:x,(client id):Client (client id) unknown", refusal.error().toString());
        assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
    }
}
