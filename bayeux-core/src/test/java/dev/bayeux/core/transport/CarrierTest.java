package dev.bayeux.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.Observation;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.core.delivery.WatchedLog;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.Redactor;
import dev.bayeux.core.runtime.ClientRuntime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class CarrierTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final URI PLACE = URI.create("http://localhost/x");
    private final FakeTransport polling = new FakeTransport("fake-polling", "long-polling");
    private final FakeTransport socket = new FakeTransport("fake-socket", "websocket");
    private final List<Boolean> asked = new ArrayList<>();
    private int status = 401;

    /** Tokens t1, t2 and so on; each asking is written down. */
    private final CredentialsSource tokens = refused -> {
        asked.add(refused);
        return Credentials.bearer("t" + asked.size());
    };

    private Carrier carrier(CredentialsSource source) {
        return carrier(source, socket);
    }

    private Carrier carrier(CredentialsSource source, TransportProvider other) {
        TransportContext context = TransportContext.to(PLACE).withClientName("test")
                .withHeaders(() -> Map.of("X-Own", "1", "authorization", "own"));
        return new Carrier(List.of(polling, other), Endpoint.of(PLACE), context,
                new CredentialsHolder(ClientRuntime.jvm(), source),
                new WireLog("test", new Redactor(Json.find()), Observation.DEFAULT));
    }

    private TransportException refusal() {
        return TransportException.ofStatus(status, null, "refused");
    }

    /** Refuses so many requests and answers the others. */
    private void refuseFirst(int count) {
        polling.answering(batch -> {
            if (polling.sent.size() <= count) {
                throw refusal();
            }
            return "[]";
        });
    }

    @Test
    void opensATransportWhenItIsFirstNeeded() throws InterruptedException {
        Carrier carrier = carrier(null);
        assertEquals(List.of(), polling.opened);

        assertEquals("[]", carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true));
        carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true);
        assertEquals(List.of(new Batch("[{}]", LIMIT), new Batch("[{}]", LIMIT)), polling.sent);
        assertEquals(1, polling.opened.size());
        assertEquals(List.of(), socket.opened);
    }

    /** Else the client would wait for an answer through the inbox. */
    @Test
    void aTransportThatAnswersWithNullFails() {
        polling.answering(batch -> null);
        assertThrows(NullPointerException.class,
                () -> carrier(null).send("long-polling", new Batch("[{}]", LIMIT), () -> true));
    }

    @Test
    void aTransportThatPushesAnswersGivesNone() throws InterruptedException {
        FakeSocket open = new FakeSocket();

        assertNull(carrier(null, open).send("websocket", new Batch("[{}]", LIMIT), () -> true));
        assertEquals(List.of("[{}]"), open.written);
    }

    /** The end of a socket may be reported while the thread that has written to it is on its way back. */
    @Test
    void aSocketThatEndsDuringASendIsNotTakenForOpen() throws InterruptedException {
        List<Runnable> during = new ArrayList<>();
        FakeSocket open = new FakeSocket() {
            @Override
            public void send(Batch batch) {
                super.send(batch);
                during.forEach(Runnable::run);
            }
        };
        Carrier carrier = carrier(null, open);
        carrier.send("websocket", new Batch("[{}]", LIMIT), () -> true);
        carrier.renewConnections();
        assertEquals(0, open.dropped, "an open socket stays");
        during.add(carrier::disconnected);
        carrier.send("websocket", new Batch("[{}]", LIMIT), () -> true);
        carrier.renewConnections();
        assertEquals(1, open.dropped);
    }

    @Test
    void credentialsAreRenewedOnceAndTheRequestIsSentOnceMore() throws Exception {
        refuseFirst(1);
        Carrier carrier = carrier(tokens);

        assertEquals("[]", carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true));
        assertEquals(2, polling.sent.size());
        assertEquals(polling.sent.get(0), polling.sent.get(1));
        assertEquals("Bearer t1", polling.headers.get(1).get("Authorization"));
    }

    @Test
    void aSecondRefusalIsNotAnsweredWithAThirdRequest() {
        refuseFirst(9);
        Carrier carrier = carrier(tokens);

        assertEquals(401,
                assertThrows(TransportException.class,
                        () -> carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true))
                        .status()
                        .orElse(0));
        assertEquals(2, polling.sent.size());
        assertEquals(1, asked.size());
    }

    @Test
    void theSourceReceivesThatTheServerRefused() throws InterruptedException {
        refuseFirst(1);
        Carrier carrier = carrier(tokens);
        carrier.send("long-polling", new Batch("[1]", LIMIT), () -> true);
        refuseFirst(3);
        carrier.send("long-polling", new Batch("[2]", LIMIT), () -> true);

        assertEquals(List.of(false, true), asked, "nothing had been given before the first");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 413, 500, 503})
    @Tag("C-56")
    void noSilentResendAfterAnyOtherFailure(int other) {
        status = other;
        refuseFirst(1);

        assertThrows(TransportException.class,
                () -> carrier(tokens).send("long-polling", new Batch("[{}]", LIMIT), () -> true));
        assertEquals(1, polling.sent.size());
        assertEquals(0, asked.size());
    }

    @Test
    void withoutASourceThereIsNothingToRenew() {
        refuseFirst(1);

        assertThrows(TransportException.class,
                () -> carrier(null).send("long-polling", new Batch("[{}]", LIMIT), () -> true));
        assertEquals(1, polling.sent.size());
    }

    @Test
    void aSourceThatFailsIsShownBesideTheRefusalAndMayBeBack() {
        refuseFirst(1);
        IOException failure = new IOException("no token");
        Carrier carrier = carrier(refused -> {
            throw failure;
        });

        HandshakeException unavailable = assertThrows(HandshakeException.class,
                () -> carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true));
        assertEquals(FailureKind.TRANSIENT, unavailable.kind());
        assertSame(failure, unavailable.getCause().getSuppressed()[0].getCause());
        assertEquals(1, polling.sent.size());
    }

    @Test
    void afterARefusalNothingIsSentUntilTheSourceGivesOthers() throws InterruptedException {
        Carrier carrier = carrier(refused -> {
            asked.add(refused);
            if (asked.size() == 2 || asked.size() == 3) {
                throw new IOException("no token");
            }
            return Credentials.bearer("t" + asked.size());
        });
        refuseFirst(1);
        carrier.send("long-polling", new Batch("[1]", LIMIT), () -> true);
        refuseFirst(3);
        assertThrows(HandshakeException.class, () -> carrier.send("long-polling", new Batch("[2]", LIMIT), () -> true));
        HandshakeException unavailable = assertThrows(HandshakeException.class,
                () -> carrier.send("long-polling", new Batch("[3]", LIMIT), () -> true));
        assertEquals(FailureKind.TRANSIENT, unavailable.kind());
        assertEquals(3, polling.sent.size(), "the last was not sent");
        carrier.send("long-polling", new Batch("[4]", LIMIT), () -> true);

        assertEquals(List.of(false, true, true, true), asked);
        assertEquals("Bearer t4", polling.headers.getLast().get("Authorization"));
    }

    @Test
    void anInterruptOfTheSourceEndsTheSending() {
        refuseFirst(1);
        Carrier carrier = carrier(refused -> {
            throw new InterruptedException();
        });

        assertThrows(InterruptedException.class,
                () -> carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true));
    }

    @Test
    @Tag("C-08")
    void transportSwitchReleasesTheOther() throws InterruptedException {
        Carrier carrier = carrier(null);
        carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true);
        carrier.send("websocket", new Batch("[{}]", LIMIT), () -> true);
        carrier.keepOnly("websocket");
        assertEquals(1, polling.closed);
        assertEquals(0, socket.closed);

        carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true);
        assertEquals(2, polling.opened.size(), "it is opened anew if it is needed again");
    }

    @Test
    void closingEndsAllTransportsAndSendsNothingMore() throws InterruptedException {
        Carrier carrier = carrier(null);
        carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true);
        carrier.send("websocket", new Batch("[{}]", LIMIT), () -> true);
        carrier.close();
        carrier.close();

        assertEquals(1, polling.closed);
        assertEquals(1, socket.closed);
        TransportException closed = assertThrows(TransportException.class,
                () -> carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true));
        assertEquals(Problem.CLOSED, closed.problem());
        assertEquals(1, polling.sent.size());
    }

    @Test
    void oneThatCannotBeClosedDoesNotKeepTheOthersOpen() throws InterruptedException {
        FakeTransport stubborn = new FakeTransport("stubborn", "a") {
            @Override
            public void close() {
                super.close();
                throw new IllegalStateException("stubborn");
            }
        };
        try (WatchedLog log = new WatchedLog("dev.bayeux.client")) {
            Carrier carrier = new Carrier(List.of(stubborn, polling), Endpoint.of(PLACE), TransportContext.to(PLACE),
                    new CredentialsHolder(ClientRuntime.jvm(), null),
                    new WireLog("test", new Redactor(Json.find()), Observation.DEFAULT));
            carrier.send("a", new Batch("[{}]", LIMIT), () -> true);
            carrier.keepOnly("long-polling");
            carrier.send("a", new Batch("[{}]", LIMIT), () -> true);
            carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true);
            carrier.close();

            assertEquals(2, stubborn.closed);
            assertEquals(1, polling.closed);
            assertEquals(2, log.messages.size());
        }
    }

    private Carrier carrierOf(FakeTransport transport) {
        return new Carrier(List.of(transport, polling), Endpoint.of(PLACE), TransportContext.to(PLACE),
                new CredentialsHolder(ClientRuntime.jvm(), null),
                new WireLog("test", new Redactor(Json.find()), Observation.DEFAULT));
    }

    @Test
    void anErrorOfOneTransportKeepsNothingFromGoingOn() throws InterruptedException {
        FakeTransport broken = new FakeTransport("broken", "a") {
            @Override
            public void close() {
                super.close();
                throw new NoClassDefFoundError("org/example/Closer");
            }

            @Override
            public void dropConnection() {
                throw new AssertionError("no connection");
            }
        };
        try (WatchedLog log = new WatchedLog("dev.bayeux.client")) {
            Carrier carrier = carrierOf(broken);
            carrier.send("a", new Batch("[{}]", LIMIT), () -> true);
            carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true);
            carrier.dropConnection("a");
            carrier.renewConnections();
            carrier.close();

            assertEquals(1, broken.closed);
            assertEquals(1, polling.closed);
            assertEquals(3, log.messages.size());
        }
    }

    @Test
    void aLinkageErrorIsAMatterOfTheClassPath() {
        FakeTransport old = new FakeTransport("old", "a");
        old.answering(batch -> {
            throw new NoSuchMethodError("org.example.HttpClient.setIdle(long)");
        });
        ConfigurationException unusable = assertThrows(ConfigurationException.class,
                () -> carrierOf(old).send("a", new Batch("[{}]", LIMIT), () -> true));
        assertTrue(unusable.getMessage().contains("org.example.HttpClient.setIdle(long)"), unusable.getMessage());
        assertEquals(FailureKind.CONFIGURATION, unusable.kind());
    }

    @Test
    void aSourceOfHeadersThatThrowsIsAFailureBeforeAnythingIsSent() {
        for (Throwable thrown : List.of(new IllegalStateException("no tenant"), new NoClassDefFoundError("x"))) {
            RequestHeaders headers = new RequestHeaders(() -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }, new CredentialsHolder(ClientRuntime.jvm(), null));
            HandshakeException failure = assertThrows(HandshakeException.class, headers::headers);
            assertEquals(FailureKind.TRANSIENT, failure.kind());
            assertSame(thrown, failure.getCause());
        }
    }

    @Test
    void manyRefusalsInASecondAskTheSourceOnce() {
        refuseFirst(1_000);
        Carrier carrier = carrier(tokens);
        for (int n = 0; n < 20; n++) {
            assertThrows(TransportException.class,
                    () -> carrier.send("long-polling", new Batch("[{}]", LIMIT), () -> true));
        }
        assertTrue(asked.size() <= 5, asked.size() + " times asked");
    }

    @Test
    void aRequestThatTheCoreDoesNotWantRepeatedIsSentOnce() {
        refuseFirst(1);

        assertThrows(TransportException.class,
                () -> carrier(tokens).send("long-polling", new Batch("[{}]", LIMIT), () -> false));
        assertEquals(1, polling.sent.size());
        assertEquals(0, asked.size());
    }

    @Test
    @Tag("C-135")
    void secretsAreNotInTheLogOfWhatTravels() throws InterruptedException {
        polling.answering(batch -> "[{\"clientId\":\"s3cret\",\"channel\":\"/b\"}]");
        try (WatchedLog log = new WatchedLog("dev.bayeux.wire")) {
            carrier(null).send("long-polling",
                    new Batch("[{\"channel\":\"/a\",\"clientId\":\"s3cret\"}]", LIMIT), () -> true);

            assertEquals("test sends [{\"channel\":\"/a\",\"clientId\":\"***\"}]", log.messages.take());
            assertEquals("test receives [{\"clientId\":\"***\",\"channel\":\"/b\"}]", log.messages.take());
            assertTrue(log.messages.isEmpty());
        }
    }
}
