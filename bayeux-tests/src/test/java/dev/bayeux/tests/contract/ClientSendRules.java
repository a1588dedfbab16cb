package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Limits;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.bayeux.ReceivedMessage;
import dev.bayeux.tests.server.Held;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How messages leave: in order, together, and in few requests (protocol.md 4.6). */
abstract class ClientSendRules extends ClientRules {

    private static final int THREADS = 64;
    private static final int MESSAGES = 1000;

    private long requestsWith(String channel) {
        return server().messages(channel).stream().mapToInt(ReceivedMessage::request).distinct().count();
    }

    private List<Integer> numbers(String channel) {
        return server().messages(channel).stream().map(message -> message.json().getInt("data")).toList();
    }

    @Test
    @Tag("C-48")
    @Tag("C-50")
    @Tag("C-51")
    void manyThreadsSendInOrderAndInFewRequests() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        List<ClientCall<Boolean>> publishing = new ArrayList<>();
        for (int n = 0; n < THREADS; n++) {
            int thread = n;
            publishing.add(bench().run(() -> {
                for (int message = thread; message < MESSAGES; message += THREADS) {
                    client.publish("/foo", "%d:%d".formatted(thread, message));
                }
            }));
        }
        for (ClientCall<Boolean> each : publishing) {
            each.result();
        }
        Map<String, List<Integer>> byThread = new HashMap<>();
        for (ReceivedMessage message : server().messages("/foo")) {
            String[] data = ((JsonString) message.json().get("data")).getString().split(":");
            byThread.computeIfAbsent(data[0], key -> new ArrayList<>()).add(Integer.valueOf(data[1]));
        }
        assertEquals(MESSAGES, byThread.values().stream().mapToInt(List::size).sum());
        byThread.values().forEach(sent -> assertEquals(sent.stream().sorted().distinct().toList(), sent));
        assertTrue(requestsWith("/foo") < MESSAGES / 2, () -> "%d requests".formatted(requestsWith("/foo")));
        bench().assertTwoAtOnce();
    }

    @Test
    @Tag("C-48")
    @Tag("C-50")
    void oneRequestBesideTheConnectIsUnderWay() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/first");
        ClientCall<Boolean> first = bench().run(() -> client.publish("/first", 0));
        Held held = bench().await(reply);
        int requests = bench().peer.requestCount();
        List<ClientCall<Boolean>> waiting = IntStream.range(0, 5)
                .mapToObj(n -> bench().run(() -> client.publish("/foo", n))).toList();
        ClientCall<?> subscribing = bench().call(() -> client.subscribe("/foo"));
        assertEquals(requests, bench().peer.requestCount());
        held.release();
        first.result();
        for (ClientCall<Boolean> each : waiting) {
            each.result();
        }
        subscribing.result();
        bench().assertTwoAtOnce();
    }

    @Test
    @Tag("C-49")
    void nothingWaitsForTheHeldConnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        for (int n = 0; n < 10; n++) {
            client.publish("/foo", n);
        }
        client.subscribe("/bar");
        assertEquals(2, count(CONNECT));
    }

    @Test
    @Tag("C-50")
    void subscribingAndPublishingKeepTheirOrder() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        client.publish("/a", 1);
        client.subscribe("/b").close();
        client.publish("/c", 1);
        assertEquals(List.of("/a", SUBSCRIBE, UNSUBSCRIBE, "/c"),
                channels().stream().filter(channel -> !channel.equals(CONNECT)).skip(1).toList());
    }

    @Test
    @Tag("C-52")
    void aBatchIsOneRequest() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        client.batch(batch -> IntStream.range(0, 20).forEach(n -> batch.publish("/foo", n)));
        assertEquals(1, requestsWith("/foo"));
        assertEquals(IntStream.range(0, 20).boxed().toList(), numbers("/foo"));
        client.batch(batch -> {
            // Nothing to send is no request.
        });
        assertEquals(1, requestsWith("/foo"));
    }

    @Test
    @Tag("C-52")
    void aBatchDuringTheHandshakeStaysTogether() throws Exception {
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        BayeuxClient client = bench().build(bench().builder());
        ClientCall<Boolean> connecting = bench().run(client::connect);
        Held held = bench().await(reply);
        ClientCall<Boolean> publishing = bench()
                .run(() -> client.batch(batch -> IntStream.range(0, 5).forEach(n -> batch.publish("/foo", n))));
        held.release();
        publishing.result();
        connecting.result();
        assertEquals(1, requestsWith("/foo"));
    }

    @Test
    @Tag("C-52")
    void aBatchThatThrowsSendsNothing() throws Exception {
        BayeuxClient client = bench().connect();
        bench().run(() -> client.batch(batch -> {
            batch.publish("/foo", 1);
            throw new UnsupportedOperationException("of the test");
        })).failure(UnsupportedOperationException.class);
        bench().run(() -> client.batch(batch -> {
            batch.publish("/foo", 2);
            batch.publish("/foo/*", 3);
        })).failure(IllegalArgumentException.class);
        client.publish("/foo", 4);
        assertEquals(List.of(4), numbers("/foo"));
    }

    @Test
    @Tag("C-53")
    void batchesAreSplitBySize() throws Exception {
        int most = 2000;
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().limits(Limits.DEFAULT.withMaxRequestBytes(most)));
        client.batch(batch -> IntStream.range(0, 100).forEach(n -> batch.publish("/foo", n)));
        assertEquals(IntStream.range(0, 100).boxed().toList(), numbers("/foo"));
        assertTrue(requestsWith("/foo") > 1);
        bench().peer.requests().forEach(request -> assertTrue(request.bytes().length <= most,
                () -> "%d bytes in %s".formatted(request.bytes().length, request)));
    }

    @Test
    @Tag("C-53")
    void aMessageIsNeverSplit() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().limits(Limits.DEFAULT.withMaxRequestBytes(1000)));
        String large = "x".repeat(3000);
        client.batch(batch -> {
            batch.publish("/foo", 1);
            batch.publish("/large", large);
            batch.publish("/foo", 2);
        });
        assertEquals(large, take("/large").text("data"));
        int alone = server().messages("/large").getFirst().request();
        assertEquals(1, server().messages().stream().filter(message -> message.request() == alone).count());
    }

    @Test
    @Tag("C-55")
    void aQueuedMessageGetsTheIdOfTheNewSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        String old = client.clientId().orElseThrow();
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        server().expireSessions();
        Held held = bench().await(reply);
        await(client, ConnectionStatus.REHANDSHAKING);
        ClientCall<Boolean> publishing = bench().run(() -> client.publish("/foo", 1));
        held.release();
        publishing.result();
        assertEquals(server().clientIds(), List.of(take("/foo").clientId()));
        assertTrue(!old.equals(take("/foo", 1).clientId()));
    }

    @Test
    void aMessageThatWaitsTooLongIsNeverSent() throws Exception {
        BayeuxClient client = bench().connectAndSettle(bench().builder().sendTimeout(ClientBench.SHORT));
        CompletableFuture<Held> reply = bench().holdReply(HANDSHAKE);
        server().expireSessions();
        Held held = bench().await(reply);
        PublishException failure = bench().run(() -> client.publish("/late", 1)).failure(PublishException.class);
        assertEquals(Outcome.NOT_SENT, failure.outcome());
        held.release();
        await(client, ConnectionStatus.CONNECTED);
        client.publish("/foo", 2);
        assertEquals(0, count("/late"));
    }

    @Test
    void moreThanTheQueueHoldsIsNotSent() throws Exception {
        BayeuxClient client = bench()
                .connectAndSettle(bench().builder().limits(Limits.DEFAULT.withMaxQueuedMessages(3)));
        BatchException failure = bench()
                .run(() -> client.batch(batch -> IntStream.range(0, 4).forEach(n -> batch.publish("/foo", n))))
                .failure(BatchException.class);
        assertEquals(4, failure.failures().size());
        failure.failures().values().forEach(each -> assertEquals(Outcome.NOT_SENT, each.outcome()));
        client.batch(batch -> IntStream.range(0, 3).forEach(n -> batch.publish("/foo", n)));
        assertEquals(List.of(0, 1, 2), numbers("/foo"));
    }

    @Test
    void anInterruptTakesAQueuedMessageBack() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CompletableFuture<Held> reply = bench().holdReply("/first");
        ClientCall<Boolean> first = bench().run(() -> client.publish("/first", 0));
        Held held = bench().await(reply);
        ClientCall<Boolean> second = bench().run(() -> client.publish("/second", 0));
        second.interrupt();
        second.failure(InterruptedException.class);
        held.release();
        first.result();
        client.publish("/third", 0);
        assertEquals(0, count("/second"));
    }

    @Test
    void whatCannotBeJsonIsNotSent() throws Exception {
        BayeuxClient client = bench().connect();
        bench().run(() -> client.publish("/foo", new Unbindable())).failure(PayloadException.class);
        client.publish("/foo", 1);
        assertEquals(List.of(1), numbers("/foo"));
    }

    /** JSON-B calls its getter. */
    public static final class Unbindable {

        /** For JSON-B. */
        public Unbindable() {
        }

        /** Has no value. */
        public String getText() {
            throw new UnsupportedOperationException("of the test");
        }
    }
}
