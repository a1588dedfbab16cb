package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.BinaryData;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Message;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.MessageCredentials;
import dev.bayeux.api.extension.Timestamp;
import dev.bayeux.api.extension.Timesync;
import dev.bayeux.tests.NothingLeft;
import jakarta.json.Json;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.cometd.server.ext.ActivityExtension.Activity;
import org.cometd.server.ext.ActivityExtension;
import org.cometd.server.ext.BinaryExtension;
import org.cometd.server.ext.TimesyncExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the client says to the extensions of a real CometD server, and they to it. */
@Tag("transport:jdk")
@Tag("transport:jetty")
@ExtendWith(NothingLeft.class)
@Tag("server:CometD-9")
class CometdExtensionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** The JDK does not always tell that a WebSocket has ended: then nothing is heard from the server. */
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int MESSAGES = 30;
    private static final int ATTEMPTS = 20;

    private final CometdTestServer cometd = new CometdTestServer();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();

    private BayeuxClient connect(ClientBuilder settings) throws InterruptedException {
        BayeuxClient client = settings.build();
        open.add(client);
        client.connect();
        return client;
    }

    private ClientBuilder builder(URI uri, Http http) {
        return BayeuxClient.builder(uri).transports(http.provider())
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50))).onEvent(events::add);
    }

    private ClientBuilder builder(Http http) {
        return builder(cometd.uri(), http);
    }

    private CuttingProxy proxy(Http http) {
        assumeFalse(http == Http.JETTY_WEBSOCKET_COMPRESSED,
                "a proxy of the test that cuts by what it reads sees nothing");
        CuttingProxy proxy = new CuttingProxy(cometd.uri(),
                http.fullDuplex() ? CuttingProxy.Place.BEFORE : CuttingProxy.Place.WITHIN);
        open.add(proxy);
        return proxy;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        cometd.close();
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("\\D", ""));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-112")
    @Tag("C-114")
    void withAcknowledgementNothingIsLostThoughRepliesAre(Http http) throws Exception {
        cometd.extension(AcknowledgedMessagesExtension::new).start();
        CuttingProxy proxy = proxy(http);
        BayeuxClient client = connect(builder(proxy.uri(), http).replyTimeout(SILENCE));
        String clientId = client.clientId().orElseThrow();
        PullSubscription<String> subscription = client.subscribe("/foo", String.class);
        int expected = 0;
        for (int n = 0; n < MESSAGES; n++) {
            if (n % 5 == 4) {
                proxy.cutAt("cut %d!".formatted(n));
            }
            cometd.publish("/foo", n % 5 == 4 ? "\"cut %d!\"".formatted(n) : "\"%d\"".formatted(n));
            // Some are waited for, others meet the next ones on the server.
            while (n % 3 == 2 && expected <= n || n == MESSAGES - 1 && expected < MESSAGES) {
                int next = number(subscription.poll(LIMIT).orElseThrow().data());
                assertTrue(next <= expected, "%d came before %d".formatted(next, expected));
                expected = Math.max(expected, next + 1);
            }
        }
        assertEquals(MESSAGES / 5, proxy.cuts());
        assertEquals(clientId, client.clientId().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-112")
    void withoutAcknowledgementALostReplyIsALostMessage(Http http) throws Exception {
        cometd.extension(AcknowledgedMessagesExtension::new).start();
        CuttingProxy proxy = proxy(http);
        BayeuxClient client = connect(builder(proxy.uri(), http).replyTimeout(SILENCE).acknowledge(false));
        PullSubscription<String> subscription = client.subscribe("/foo", String.class);
        // Between two connects the client would notice the loss, but have none to repeat.
        cometd.awaitHeldConnects(1, LIMIT);
        proxy.cutAt("cut 0!");
        cometd.publish("/foo", "\"cut 0!\"");
        await(event -> event instanceof ClientEvent.StateChanged change
                && change.now().status() == ConnectionStatus.RECONNECTING);
        assertTrue(client.awaitReady(LIMIT));
        assertEquals(1, proxy.cuts());
        cometd.publish("/foo", "\"1\"");
        assertEquals("1", subscription.poll(LIMIT).orElseThrow().data());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-115")
    void countingRestartsInANewSession(Http http) throws Exception {
        cometd.extension(AcknowledgedMessagesExtension::new).start();
        BayeuxClient client = connect(builder(http));
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        for (int n = 0; n < 3; n++) {
            cometd.publish("/foo", Integer.toString(n));
            assertEquals(Integer.toString(n), subscription.poll(LIMIT).orElseThrow().text());
            cometd.expireAllSessions();
            awaitRenewal();
            assertTrue(client.awaitReady(LIMIT));
        }
    }

    private void awaitRenewal() throws InterruptedException {
        await(ClientEvent.SessionRenewed.class::isInstance);
    }

    private void await(Predicate<ClientEvent> wanted) throws InterruptedException {
        for (ClientEvent event = next(); !wanted.test(event); event = next()) {
            // Others are of no interest.
        }
    }

    private ClientEvent next() throws InterruptedException {
        ClientEvent event = events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("What the test waits for has not happened.");
        }
        return event;
    }

    @ParameterizedTest
    @EnumSource
    void theClocksOfBothSidesAreCompared(Http http) throws Exception {
        cometd.extension(TimesyncExtension::new).start();
        Timesync timesync = new Timesync(() -> Instant.now().plus(Duration.ofDays(60)));
        connect(builder(http).addExtension(timesync));
        Duration offset = timesync.offset().orElseThrow().plus(Duration.ofDays(60));
        assertTrue(offset.abs().compareTo(LIMIT) < 0, () -> "offset %s".formatted(timesync.offset()));
        assertTrue(timesync.lag().orElseThrow().compareTo(LIMIT) < 0, () -> "lag %s".formatted(timesync.lag()));
    }

    @ParameterizedTest
    @EnumSource
    void timestampsArrive(Http http) throws Exception {
        BlockingQueue<Object> stamps = new LinkedBlockingQueue<>();
        cometd.extension(() -> new BayeuxServer.Extension() {
            @Override
            public boolean rcv(ServerSession from, ServerMessage.Mutable message) {
                stamps.add(String.valueOf(message.get("timestamp")));
                return true;
            }
        }).start();
        BayeuxClient client = connect(
                builder(http).addExtension(new Timestamp(() -> Instant.parse("1994-11-06T08:49:37Z"))));
        client.publish("/foo", 1);
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", stamps.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreBytesForTheServerAndForOthers(Http http) throws Exception {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        cometd.extension(BinaryExtension::new).extension(() -> new BayeuxServer.Extension() {
            @Override
            public boolean rcv(ServerSession from, ServerMessage.Mutable message) {
                seen.add(message.getData());
                return true;
            }
        }).start();
        BayeuxClient sender = connect(builder(http));
        BayeuxClient receiver = connect(builder(http));
        PullSubscription<BinaryData> subscription = receiver.subscribe("/foo", BinaryData.class);
        for (int length : new int[]{0, 1, 2, 3, 4, 5, 1000, http.inAddress() ? 1_001 : 20_001}) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            BinaryData data = BinaryData.of(bytes).withLast(length % 2 == 0)
                    .withMeta(Json.createObjectBuilder().add("name", "x%d".formatted(length)).build());
            sender.publish("/foo", data);
            assertEquals(data, subscription.poll(LIMIT).orElseThrow().data());
            var atServer = assertInstanceOf(org.cometd.bayeux.BinaryData.class,
                    seen.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals(BinaryData.of(bytes), BinaryData.of(atServer.asBytes()));
            assertEquals(data, sender.call("/service/echo", data, BinaryData.class));
            seen.clear();
        }
        sender.publish("/foo", "text");
        JsonValue text = sender.call("/service/echo", "text");
        assertEquals("text", ((JsonString) text).getString());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-97")
    void aSessionWithoutActivityIsEnded(Http http) throws Exception {
        cometd.timeout(Duration.ofMillis(50)).extension(() -> new ActivityExtension(Activity.CLIENT, 200)).start();
        BayeuxClient client = builder(http).build();
        open.add(client);
        // On a loaded machine the session may end before the first connect is answered, so that connecting fails.
        client.async().connect();
        ClientState ended = client
                .awaitState(state -> state.isDisconnected() && state.lastFailure().isPresent(), LIMIT).orElseThrow();
        assertInstanceOf(DisconnectedException.class, ended.lastFailure().orElseThrow());
        cometd.awaitSessions(0, LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-97")
    void aSessionWithoutActivityIsReplacedIfTheProgramWants(Http http) throws Exception {
        cometd.timeout(Duration.ofMillis(50)).extension(() -> new ActivityExtension(Activity.CLIENT, 200)).start();
        BayeuxClient client = connect(builder(http).onServerDisconnect(OnServerDisconnect.RECONNECT));
        String clientId = client.clientId().orElseThrow();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        awaitRenewal();
        assertTrue(client.awaitReady(LIMIT));
        assertNotEquals(clientId, client.clientId().orElse(""));
        // The server may end this session before the message has come back, and then it is lost.
        int sent = 0;
        Optional<Message<JsonValue>> received = Optional.empty();
        while (received.isEmpty() && ++sent <= ATTEMPTS) {
            try {
                client.publish("/foo", 1);
                received = subscription.poll(SILENCE);
            } catch (PublishException ended) {
                // The next session begins.
            }
        }
        assertEquals("1", received.orElseThrow().text());
    }

    @ParameterizedTest
    @EnumSource
    void subscribersSeeTheExtOfAPublish(Http http) throws Exception {
        cometd.start();
        BlockingQueue<JsonValue> seen = new LinkedBlockingQueue<>();
        BayeuxClient subscriber = connect(builder(http).addExtension(new Extension() {
            @Override
            public BayeuxMessage incoming(BayeuxMessage message) {
                if (message.channel().equals("/ext") && message.data().isPresent()) {
                    seen.add(message.ext());
                }
                return message;
            }
        }));
        subscriber.subscribe("/ext");
        BayeuxClient publisher = connect(builder(http).addExtension(MessageCredentials
                .forPublishes(message -> Json.createObjectBuilder().add("token", "secret").build())));

        publisher.publish("/ext", 1);

        assertEquals(Json.createObjectBuilder().add("token", "secret").build(),
                seen.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }
}
