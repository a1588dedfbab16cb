package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import jakarta.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who the client is: credentials that are asked for, refused, and asked for once more. */
abstract class ClientCredentialsRules extends ClientRules {

    /** The argument of each call of the source: whether its last credentials were refused. */
    private final BlockingQueue<Boolean> asked = new LinkedBlockingQueue<>();

    /** Gives bearer tokens: token-1, token-2 and so on, in headers and in ext. */
    private ClientBuilder withTokens() {
        return bench().builder().credentials(refused -> {
            asked.add(refused);
            String token = "token-" + asked.size();
            return Credentials.bearer(token)
                    .withExt(Json.createObjectBuilder().add("token", token).build());
        });
    }

    private List<Boolean> asked() {
        return List.copyOf(asked);
    }

    private String authorization(ReceivedMessage message) {
        return bench().peer.requests().get(message.request() - 1).header("Authorization");
    }

    private String token(ReceivedMessage handshake) {
        return handshake.json().getJsonObject("ext").getString("token");
    }

    private HandshakeException refusedConnect() throws InterruptedException {
        BayeuxClient client = bench().build(withTokens());
        HandshakeException failure = bench().run(client::connect).failure(HandshakeException.class);
        assertEquals(FailureKind.AUTHENTICATION, failure.kind());
        assertEquals(ConnectionStatus.DISCONNECTED, client.state().status());
        return failure;
    }

    @Test
    void credentialsAreAskedForOnceAndSentWithEachRequest() throws Exception {
        BayeuxClient client = bench().connectAndSettle(withTokens());
        client.publish("/foo", 1);
        client.reconnect();
        assertEquals(List.of(false), asked());
        assertTrue(bench().peer.requests().stream()
                .allMatch(request -> request.header("Authorization").equals("Bearer token-1")));
        assertEquals("token-1", token(take(HANDSHAKE, 2)));
    }

    @Test
    void credentialsThatAreAboutToExpireAreReplacedByTheNextRequest() throws Exception {
        needsRequests("over it they are needed for the upgrade only");
        BayeuxClient client = bench().connectAndSettle(bench().builder().credentials(refused -> {
            asked.add(refused);
            Instant end = asked.size() == 1 ? Instant.now().plus(ClientBench.SHORT) : Instant.MAX;
            return Credentials.bearer("token-" + asked.size()).expiringAt(end);
        }));
        int published = 0;
        for (; asked.size() == 1; published++) {
            client.publish("/foo", published);
        }
        assertEquals("Bearer token-2", authorization(take("/foo", published)));
        assertEquals(List.of(false, false), asked());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    void aHandshakeThatGetsStatus401IsRepeatedWithFreshOnes() throws Exception {
        needsRequests("a message of it has no HTTP status");
        server().next(HANDSHAKE).answer(Answer.status(401));
        bench().connect(withTokens());
        assertEquals(List.of(false, true), asked());
        assertEquals(2, count(HANDSHAKE));
        assertEquals("Bearer token-2", authorization(take(HANDSHAKE, 2)));
        assertEquals("Bearer token-2", authorization(take(CONNECT)));
    }

    @Test
    void aHandshakeThatGetsStatus401TwiceIsTheEnd() throws Exception {
        needsRequests("a message of it has no HTTP status");
        server().next(HANDSHAKE).answer(Answer.status(401), Answer.status(403), Answer.status(401));
        assertEquals(403, assertInstanceOf(TransportException.class, refusedConnect().getCause()).status()
                .orElseThrow());
        assertEquals(List.of(false, true), asked());
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    void status401OnAConnectKeepsTheSession() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(withTokens());
        String clientId = client.clientId().orElseThrow();
        server().next(CONNECT).answer(Answer.status(401));
        server().answerHeldConnects("{}");
        take(CONNECT, 4);
        awaitHeldConnect();
        assertEquals("Bearer token-2", authorization(take(CONNECT, 4)));
        assertEquals(clientId, client.clientId().orElseThrow());
        assertEquals(List.of(false, true), asked());
        assertEquals(1, count(HANDSHAKE));
        assertTrue(client.state().isConnected());
    }

    @Test
    void status401OnAPublishIsNoFailure() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(withTokens());
        server().next("/foo").answer(Answer.status(401));
        client.publish("/foo", 1);
        assertEquals(List.of(false, true), asked());
        assertEquals("Bearer token-2", authorization(take("/foo", 2)));
    }

    @Test
    void status401AgainOnAConnectIsTheEndIfTheSettingSaysSo() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench()
                .connectAndSettle(withTokens().onAuthenticationFailure(OnAuthenticationFailure.STOP));
        server().next(CONNECT).answer(Answer.status(401), Answer.status(401));
        server().answerHeldConnects("{}");
        ClientState state = await(client, ConnectionStatus.DISCONNECTED);
        assertEquals(FailureKind.AUTHENTICATION, state.lastFailure().orElseThrow().kind());
        assertEquals(List.of(false, true), asked());
    }

    @Test
    void aConnectedClientGoesOnAfterManyRefusalsWithStatus401() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(withTokens());
        Answer[] refusals = new Answer[8];
        Arrays.setAll(refusals, n -> Answer.status(401));
        server().next(CONNECT).answer(refusals);
        server().answerHeldConnects("{}");
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        bench().events.takeChangeTo(ConnectionStatus.CONNECTED);
        assertTrue(client.state().isConnected());
    }

    @Test
    void withoutASourceStatus401IsTriedThreeTimes() throws Exception {
        needsRequests("a message of it has no HTTP status");
        server().next(HANDSHAKE).answer(Answer.status(401), Answer.status(401), Answer.status(401));
        BayeuxClient client = bench().build(bench().builder());
        assertEquals(FailureKind.AUTHENTICATION,
                bench().run(client::connect).failure(HandshakeException.class).kind());
        assertEquals(3, count(HANDSHAKE));
    }

    @Test
    void aRefusedHandshakeIsRepeatedWithFreshOnes() throws Exception {
        server().next(HANDSHAKE).amend(refusal("403::handshake_denied", "{\"reconnect\":\"none\"}"));
        bench().connect(withTokens());
        assertEquals(List.of(false, true), asked());
        assertEquals(2, count(HANDSHAKE));
        assertEquals("token-1", token(take(HANDSHAKE, 1)));
        assertEquals("token-2", token(take(HANDSHAKE, 2)));
    }

    @Test
    void aHandshakeThatIsRefusedTwiceIsTheEnd() throws Exception {
        server().next(HANDSHAKE).amend(refusal("403::no", "{\"reconnect\":\"retry\"}"),
                refusal("401::no", "{\"reconnect\":\"handshake\"}"), refusal("401::no", "null"));
        refusedConnect();
        assertEquals(List.of(false, true), asked());
        assertEquals(2, count(HANDSHAKE));
    }

    @Test
    void aConnectThatIsRefusedLeadsToAHandshakeWithFreshOnes() throws Exception {
        BayeuxClient client = bench().connectAndSettle(withTokens());
        client.subscribe("/foo");
        awaitHeldConnect();
        server().answerHeldConnects(
                refusal("401::Authentication invalid", "{\"reconnect\":\"none\",\"interval\":0}"));
        take(HANDSHAKE, 2);
        awaitReady(client);
        assertEquals("token-2", token(take(HANDSHAKE, 2)));
        assertEquals(List.of(false, true), asked());
        bench().events.take(ClientEvent.SessionRenewed.class);
    }

    @Test
    @Tag("C-111")
    void theCookiesOfTheRefusedSessionDoNotGoWithFreshCredentials() throws Exception {
        needsRequests("its messages bring no cookies");
        BayeuxClient client = bench().connectAndSettle(withTokens());
        server().answerHeldConnects(refusal("401::Authentication invalid", "{\"reconnect\":\"none\"}"));
        int fresh = take(HANDSHAKE, 2).request();
        awaitReady(client);
        assertEquals("", bench().peer.requests().get(fresh - 1).header("Cookie"));
        assertTrue(bench().peer.requests().get(take(CONNECT, 2).request() - 1).header("Cookie")
                .contains("BAYEUX_BROWSER="), "it was there before");
    }

    /** Salesforce ends the session of a token that has expired so: the reason is in the second message. */
    @Test
    @Tag("C-137")
    void aTokenThatHasExpiredIsReplacedAlsoWhereADisconnectComesFirst() throws Exception {
        BayeuxClient client = bench().connectAndSettle(withTokens());
        server().next(CONNECT).reply("""
                [{"channel":"/meta/disconnect"},
                 {"channel":"/meta/connect","id":"${id}","successful":false,"error":"401::Authentication invalid",
                  "advice":{"reconnect":"none"}}]""");
        server().answerHeldConnects("{}");
        assertEquals("token-2", token(take(HANDSHAKE, 2)));
        awaitReady(client);
        assertEquals(List.of(false, true), asked());
    }

    @Test
    void salesforceHidesTheReasonInExt() throws Exception {
        server().next(HANDSHAKE).amend("""
                {"successful":false,"clientId":null,"error":"500::Handshake denied","advice":{"reconnect":"none"},
                 "ext":{"sfdc":{"failureReason":"401::Authentication invalid"}}}""");
        bench().connect(withTokens());
        assertEquals(List.of(false, true), asked());
    }

    @Test
    void aSourceThatThrowsIsAskedAgain() throws Exception {
        bench().connect(bench().builder().credentials(refused -> {
            asked.add(refused);
            if (asked.size() < 3) {
                throw new IOException("of the test");
            }
            return Credentials.bearer("t");
        }));
        assertEquals(List.of(false, false, false), asked());
        String text = bench().events.take(ClientEvent.AttemptFailed.class).cause().getMessage();
        assertTrue(text.contains("of the test"), text);
        assertEquals(1, count(HANDSHAKE));
    }

    /** A token that expires while the service that gives tokens is away. */
    @Test
    void aSourceThatFailsForAWhileDoesNotEndTheClient() throws Exception {
        needsRequests("a message of it has no HTTP status");
        BayeuxClient client = bench().connectAndSettle(bench().builder().credentials(refused -> {
            asked.add(refused);
            if (asked.size() > 1 && asked.size() < 5) {
                throw new IOException("of the test");
            }
            return Credentials.bearer("token-" + asked.size());
        }));
        server().next("/foo").answer(Answer.status(401));
        PublishException failure = bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class);
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertEquals(FailureKind.TRANSIENT, failure.kind());
        PublishException next = bench().run(() -> client.publish("/foo", 2)).failure(PublishException.class);
        assertEquals(Outcome.NOT_SENT, next.outcome());
        assertEquals(FailureKind.TRANSIENT, next.kind());
        assertEquals(1, count("/foo"), "without credentials it could be refused for good");
        server().answerHeldConnects("{}");
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        await(client, ConnectionStatus.CONNECTED);
        assertEquals(List.of(false, true, true, true, true), asked());
        assertEquals(1, count(HANDSHAKE));
    }

    @Test
    void forASessionThatNobodyWantsNoneAreAskedFor() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        server().next(DISCONNECT).answer(Answer.status(401));
        BayeuxClient client = bench().build(withTokens());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        ClientCall<Boolean> disconnecting = bench().run(client::disconnect);
        await(client, ConnectionStatus.DISCONNECTED);
        held.release();
        disconnecting.result();
        connecting.failure(HandshakeException.class);
        take(DISCONNECT);
        assertEquals(1, count(DISCONNECT));
        assertEquals(List.of(false), asked());
    }

    @Test
    void aSourceThatBlocksIsInterruptedByClose() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        BayeuxClient client = bench().build(bench().builder().closeTimeout(ClientBench.SHORT).credentials(refused -> {
            entered.countDown();
            new CountDownLatch(1).await();
            return Credentials.bearer("never");
        }));
        ClientCall<Boolean> connecting = bench().run(client::connect);
        entered.await();
        client.close();
        connecting.failure(ClientClosedException.class);
        assertEquals(0, count(HANDSHAKE));
    }

    @Test
    @Tag("C-135")
    void secretsAreInNoText() throws Exception {
        needsRequests("its messages bring no cookies");
        BayeuxClient client = bench().connectAndSettle(withTokens().header("X-Key", "token-fixed"));
        String clientId = client.clientId().orElseThrow();
        ReceivedRequest last = bench().peer.requests().getLast();
        List<String> cookies = cookieValues(last.header("Cookie"));
        assertFalse(cookies.isEmpty(), "the server's cookie must be there to be hidden");
        assertEquals(List.of("Bearer token-1", "token-fixed"),
                List.of(last.header("Authorization"), last.header("X-Key")), "and so must these");
        server().next("/foo").amend(refusal("401:%s:Unknown client %s".formatted(clientId, clientId), "null"));
        StringWriter texts = new StringWriter();
        PrintWriter to = new PrintWriter(texts);
        bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class).printStackTrace(to);
        server().next("/foo").answer(Answer.json("{\"clientId\":\"%s\"".formatted(clientId)), Answer.status(500));
        bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class).printStackTrace(to);
        bench().run(() -> client.publish("/foo", 1)).failure(PublishException.class).printStackTrace(to);
        server().push("{\"clientId\":\"%s\"}".formatted(clientId));
        bench().events.take(ClientEvent.MessageIgnored.class);
        awaitHeldConnect();
        server().answerHeldConnects(refusal("403:%s:who is %s".formatted(clientId, clientId), "null"));
        bench().events.takeChangeTo(ConnectionStatus.RECONNECTING);
        bench().events.take(ClientEvent.AttemptFailed.class).cause().printStackTrace(to);
        to.println(bench().events.all(ClientEvent.class));
        to.println(client + " " + client.state());
        // Of the reply that is cut off, what it is instead of messages: the transport or the engine says so.
        for (String reason : List.of("401:", "403:", "status 500", " characters and is not ")) {
            assertTrue(texts.toString().contains(reason), () -> "nothing of %s in %s".formatted(reason, texts));
        }
        for (String secret : Stream.concat(cookies.stream(), Stream.of("token-", clientId)).toList()) {
            assertFalse(texts.toString().contains(secret), () -> "%s in %s".formatted(secret, texts));
        }
    }

    /** Of {@code a=1; b=2}; a value without a character would be found in any text. */
    private static List<String> cookieValues(String header) {
        return Stream.of(header.split(";")).map(pair -> pair.substring(pair.indexOf('=') + 1).strip())
                .filter(value -> !value.isEmpty()).toList();
    }
}
