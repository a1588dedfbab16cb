package dev.bayeux.tests.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Dialect;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows about addresses, requests, cookies, credentials and what a handshake brings. */
class HandshakeRowsTest extends DialectRows {

    private static final String USER = "{\"username\":\"u\",\"password\":\"p\"}";

    @ParameterizedTest
    @ValueSource(strings = {"websocket,long-polling,callback-polling", "long-polling",
            "long-polling,websocket,eventsource,callback-polling,cross-origin-long-polling,in-process"})
    @Tag("C-05")
    void connectionTypes(String types) throws Exception {
        server.connectionTypes(types.split(","));
        connect();
        assertEquals("long-polling", take(CONNECT).json().getString("connectionType"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cometd", "/bayeux", "/faye", "/cometd/43.0", "/cometd/replay/36.0"})
    @Tag("C-106")
    void usualPath(String path) throws Exception {
        connect(builder("http://server.test" + path));
        peer.requests().forEach(request -> assertEquals(path, request.target()));
    }

    @Test
    @Tag("C-106")
    void requestContentType_fayeTakesJsonAlone() throws Exception {
        connect();
        peer.requests().forEach(
                request -> assertEquals("application/json", request.header("Content-Type").split(";")[0]));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-46")
    void requestContentType_anEmptyReplyNamesTheDialectThatIsNotSet(Dialect dialect) throws Exception {
        server.next(HANDSHAKE).answer(Answer.json("[]"));
        connect(builder().dialect(dialect));
        String told = String.valueOf(awaitEvent(ClientEvent.AttemptFailed.class).cause().getMessage());
        assertEquals(dialect == Dialect.BAYEUX_1_0, told.contains("Dialect.DRAFT_1"), told);
    }

    @Test
    @Tag("C-106")
    void requestContentType_poeTakesForms() throws Exception {
        assertWorks(connect(builder().dialect(Dialect.DRAFT_1)));
        for (ReceivedRequest request : peer.requests()) {
            assertEquals("application/x-www-form-urlencoded", request.header("Content-Type"));
            assertTrue(request.text().startsWith("message=%5B%7B"), request::text);
        }
    }

    @Test
    @Tag("C-106")
    void requestContentType_poeTakesTextJson() throws Exception {
        assertWorks(connect(builder().header("Content-Type", "text/json")));
        peer.requests().forEach(request -> assertEquals(List.of("text/json"), request.headers("Content-Type")));
    }

    @Test
    @Tag("C-106")
    void loneObjectRequest_nodejsRefuses() throws Exception {
        assertWorks(connect());
        peer.requests().forEach(request -> assertEquals(JsonValue.ValueType.ARRAY, request.json().getValueType()));
    }

    @Test
    @Tag("C-111")
    void cookie_cometdNeedsIt() throws Exception {
        assertWorks(connect());
        assertTrue(requestOf(take(CONNECT)).header("Cookie").contains("BAYEUX_BROWSER="));
    }

    @Test
    @Tag("C-111")
    void cookie_fayeAndPoeUseNone() throws Exception {
        server.withoutCookies();
        assertWorks(connect());
        assertEquals("", requestOf(take(CONNECT)).header("Cookie"));
    }

    /** The balancer's cookie has expired, and the new one comes with the very failure. */
    @Test
    @Tag("C-111")
    @Tag("C-20/A6")
    void cookie_salesforceChangesItWithAFailure() throws Exception {
        server.next(HANDSHAKE).change(reply -> reply.header("Set-Cookie", "sfdc-stream=one; Path=/; HttpOnly"));
        server.next(CONNECT).answer(Answer.json("""
                [{"channel":"/meta/connect","successful":false,"error":"403::Unknown client",\
                "advice":{"reconnect":"handshake","interval":0}}]""").header("Set-Cookie", "sfdc-stream=two; Path=/"));
        BayeuxClient client = connect();
        assertWorks(client);
        List<String> cookies = server.messages(HANDSHAKE).stream().map(this::requestOf)
                .map(request -> request.header("Cookie")).toList();
        assertTrue(cookies.size() == 2 && cookies.get(1).contains("sfdc-stream=two"), cookies::toString);
        assertTrue(requestOf(server.messages(CONNECT).getFirst()).header("Cookie").contains("sfdc-stream=one"));
    }

    @Test
    @Tag("C-03")
    void authentication_cometdAndFayeInExt() throws Exception {
        JsonObject proof = Json.createObjectBuilder().add("token", "t").build();
        connect(builder().credentials(refused -> Credentials.ext(proof)));
        assertEquals("t", take(HANDSHAKE).json().getJsonObject("ext").getString("token"));
    }

    @Test
    @Tag("C-106")
    void authentication_salesforceByHeaderOnEveryRequest() throws Exception {
        assertWorks(connect(builder().credentials(refused -> Credentials.bearer("t"))));
        peer.requests().forEach(request -> assertEquals("Bearer t", request.header("Authorization")));
    }

    @Test
    @Tag("C-03")
    void authentication_poeByUserAndPassword() throws Exception {
        JsonObject user = Json.createReader(new StringReader(USER)).readObject();
        connect(builder().dialect(Dialect.DRAFT_1).credentials(refused -> Credentials.ext(user)));
        JsonObject ext = take(HANDSHAKE).json().getJsonObject("ext");
        assertEquals(List.of("u", "p"), List.of(ext.getString("username"), ext.getString("password")));
        assertFalse(ext.containsKey("json-comment-filtered"));
    }

    @Test
    @Tag("C-10")
    @Tag("C-34")
    void adviceInHandshakeReply_salesforceHasNone() throws Exception {
        server.advice("");
        BayeuxClient client = connect();
        server.awaitHeldConnects(1, LIMIT);
        assertWorks(client);
    }

    @Test
    @Tag("C-02")
    void version_fayeAndPoeRefuseItsAbsence() throws Exception {
        connect();
        ReceivedMessage handshake = take(HANDSHAKE);
        assertEquals("1.0", handshake.json().getString("version"));
    }
}
