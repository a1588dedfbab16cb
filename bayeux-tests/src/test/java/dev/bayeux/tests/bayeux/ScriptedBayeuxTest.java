package dev.bayeux.tests.bayeux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.interop.WireClient;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.MemoryServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
class ScriptedBayeuxTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ScriptedBayeux server = ScriptedBayeux.start();
    private final WireClient client = new WireClient(server::uri);

    @AfterEach
    void close() {
        client.close();
        server.close();
        server.peer().assertScriptWorked();
    }

    private static String text(CompletableFuture<String> answer) throws Exception {
        return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<String> heldConnect() throws Exception {
        CompletableFuture<String> answer = client.connect();
        server.awaitHeldConnects(1, LIMIT);
        return answer;
    }

    private String publish(String channel) throws Exception {
        return client.send("{'id':'8','channel':'%s','clientId':'$','data':{'n':1}}".formatted(channel));
    }

    @Test
    void aHeldConnectEndsWithADelivery() throws Exception {
        client.handshake();
        client.subscribe("/foo/*");
        CompletableFuture<String> answer = heldConnect();
        server.publish("/foo/bar/baz", "0");
        server.publish("/foo/bar", "{\"n\":1}");
        assertEquals("""
                [{"channel":"/foo/bar","data":{"n":1}},{"channel":"/meta/connect","id":"4","successful":true}]""",
                text(answer));
        assertEquals(List.of("/foo/*"), server.subscriptions());
        assertEquals(1, server.mostConnectsAtOnce());
    }

    @Test
    void aConnectIsHeldNoLongerThanSaid() throws Exception {
        server.hold(Duration.ofMillis(1));
        client.handshake();
        assertTrue(text(client.connect()).contains("\"successful\":true"));
    }

    @Test
    void ownPublishesComeBackWithTheReply() throws Exception {
        client.handshake();
        client.subscribe("/**");
        assertEquals("""
                [{"channel":"/foo","data":{"n":1}},{"channel":"/foo","id":"8","successful":true}]""", publish("/foo"));
        assertTrue(publish("/service/echo").contains("\"data\":{\"n\":1}"));
    }

    @Test
    void theCookieIsWantedBack() throws Exception {
        client.handshake();
        try (WireClient other = new WireClient(server::uri)) {
            other.clientId(server.clientIds().getFirst());
            assertTrue(other.connectAtOnce().contains("402::session_unknown"));
            server.withoutCookies();
            assertTrue(other.connectAtOnce().contains("\"successful\":true"));
        }
    }

    @Test
    void repliesAreReplacedAmendedAndLost() throws Exception {
        server.next("/meta/handshake").reply("""
                {"id":"${id}","channel":"${channel}","clientId":"${clientId}","successful":true}""");
        assertEquals(3, client.handshake().size() - 1);
        server.next("/foo").amend("{\"successful\":false,\"error\":\"no\"}").reply("");
        assertEquals("[]", publish("/foo"));
        assertTrue(publish("/foo").contains("\"error\":\"no\""));
        server.next("/foo").answer(Answer.status(503), Answer.json("[{]"));
        assertEquals("HTTP status 503", publish("/foo"));
        assertEquals("[{]", publish("/foo"));
        server.next("/foo").change(reply -> Answer.cut(reply, 5));
        assertThrows(IOException.class, () -> publish("/foo"));
        assertEquals(5, server.messages("/foo").size());
    }

    @Test
    void tweaksChangeEveryResponse() throws Exception {
        client.handshake();
        client.subscribe("/foo");
        server.tweak(messages -> ReplyTweak.repliesFirst().tweak(ReplyTweak.numericIds().tweak(messages)));
        assertEquals("""
                [{"channel":"/foo","id":8,"successful":true},{"channel":"/foo","data":{"n":1}}]""", publish("/foo"));
        server.tweak(ReplyTweak.withoutMetaIds());
        assertEquals("[{\"channel\":\"/meta/connect\",\"successful\":true,\"advice\":"
                + "{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000}}]", client.connectAtOnce());
    }

    @Test
    void refusals() throws Exception {
        server.deny("/secret/**");
        client.handshake();
        assertEquals(false, client.subscribe("/secret/x").getBoolean("successful"));
        assertEquals(false, client.subscribe("/meta/connect").getBoolean("successful"));
        assertTrue(publish("/secret/x").contains("403:"));
        assertEquals(List.of(), server.subscriptions());
    }

    @Test
    void sessionsExpire() throws Exception {
        client.handshake();
        CompletableFuture<String> held = heldConnect();
        server.expireSessions();
        assertTrue(text(held).contains("\"reconnect\":\"handshake\""));
        assertTrue(client.connectAtOnce().contains("\"reconnect\":\"handshake\""));
    }

    @Test
    void sessionsAreEndedByTheServer() throws Exception {
        client.handshake();
        CompletableFuture<String> held = heldConnect();
        server.disconnectSessions();
        assertEquals("""
                [{"channel":"/meta/disconnect","successful":true},{"channel":"/meta/connect","id":"4",\
                "successful":true,"advice":{"reconnect":"none"}}]""", text(held));
    }

    @Test
    void aSecondConnectEndsTheFirst() throws Exception {
        client.handshake();
        CompletableFuture<String> first = heldConnect();
        CompletableFuture<String> second = client.connect();
        assertEquals("HTTP status 500", text(first));
        server.awaitHeldConnects(1, LIMIT);
        server.answerHeldConnects("{\"advice\":{\"interval\":7}}");
        assertTrue(text(second).contains("\"interval\":7"));
        assertEquals(2, server.mostConnectsAtOnce());
    }

    @Test
    void aDisconnectEndsTheHeldConnect() throws Exception {
        client.handshake();
        CompletableFuture<String> held = heldConnect();
        client.send("{'id':'7','channel':'/meta/disconnect','clientId':'$'}");
        assertTrue(text(held).contains("\"reconnect\":\"none\""));
        assertEquals(List.of(), server.clientIds());
    }

    @Test
    void anAbandonedConnectLosesNoDelivery() throws Exception {
        client.handshake();
        client.subscribe("/foo");
        CompletableFuture<String> held = heldConnect();
        server.peer().goDown();
        assertThrows(Exception.class, () -> text(held));
        server.peer().comeBack();
        server.publish("/foo", "7");
        assertTrue(client.connectAtOnce().contains("\"data\":7"));
    }

    @Test
    void aRestartForgetsSessions() throws Exception {
        client.handshake();
        server.restart();
        assertTrue(client.connectAtOnce().contains("402"));
        assertEquals(2, server.takeMessage("/meta/connect", LIMIT).request());
    }

    @Test
    void handshakesTravelAlone() throws Exception {
        assertEquals("HTTP status 500", client.send("{'channel':'/meta/handshake'},{'channel':'/foo','data':1}"));
        assertEquals("HTTP status 400", client.send("{"));
    }

    @Test
    void messagesArePushedToOneSession() throws Exception {
        client.handshake();
        try (WireClient other = new WireClient(server::uri)) {
            other.handshake();
            server.push(server.clientIds().getFirst(), "{\"channel\":\"/service/x\",\"data\":1}");
            assertTrue(client.connectAtOnce().contains("/service/x"));
            server.push("{\"nonsense\":true}");
            assertTrue(client.connectAtOnce().contains("nonsense"));
            String second = other.connectAtOnce();
            assertTrue(second.contains("nonsense") && !second.contains("/service/x"), second);
        }
    }

    @Test
    void bayeuxNeedsNoNetwork() throws Exception {
        MemoryServer memory = new MemoryServer();
        try (ScriptedBayeux bayeux = ScriptedBayeux.over(memory);
                RequestResponseTransport transport = new MemoryTransportProvider(memory)
                        .open(TransportContext.to(bayeux.uri()))) {
            transport.exchange(new Batch("[{\"id\":\"1\",\"channel\":\"/meta/handshake\"}]", LIMIT));
            String publish = "[{\"id\":\"2\",\"channel\":\"/foo\",\"data\":0,\"clientId\":\"%s\"}]"
                    .formatted(bayeux.clientIds().getFirst());
            assertEquals("[{\"channel\":\"/foo\",\"id\":\"2\",\"successful\":true}]",
                    transport.exchange(new Batch(publish, LIMIT)));
        }
    }
}
