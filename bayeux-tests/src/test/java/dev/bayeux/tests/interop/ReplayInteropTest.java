package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.tests.NothingLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replay as Salesforce has it, on a real CometD server that plays its part. */
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
@Tag("transport:jdk")
@Tag("transport:jetty")
@ExtendWith(NothingLeft.class)
@Tag("server:CometD-9")
class ReplayInteropTest {

    private static final String CHANNEL = "/event/Order__e";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CometdReplay replay = new CometdReplay();
    private final CometdTestServer server = new CometdTestServer().replay(replay);
    private final PositionStore store = PositionStore.inMemory();
    private final LinkedBlockingQueue<ReplayGap> gaps = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Long> handled = new LinkedBlockingQueue<>();

    @BeforeEach
    void startTheServer() {
        server.start();
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    private ClientBuilder builder(Http http) {
        return BayeuxClient.builder(server.uri()).transports(http.provider()).replay(store)
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50))).onEvent(event -> {
                    if (event instanceof ReplayGap gap) {
                        gaps.add(gap);
                    }
                });
    }

    private List<Long> publish(int count) {
        List<Long> ids = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            ids.add(replay.publish(CHANNEL, n));
        }
        return ids;
    }

    private void assertHandled(List<Long> expected) throws InterruptedException {
        for (Long id : expected) {
            assertEquals(id, handled.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-119")
    @Tag("C-120")
    void publishesBetweenSessionsAndClientsAreNotMissed(Http http) throws Exception {
        List<Long> early = publish(3);
        try (BayeuxClient client = builder(http).connect()) {
            client.subscription(CHANNEL).fromStoredOr(Position.EARLIEST)
                    .start(message -> handled.add(Long.parseLong(message.position().orElseThrow().replayId())));
            assertHandled(early);
            server.stop();
            List<Long> meanwhile = publish(3);
            server.start();
            assertHandled(meanwhile);
            assertHandled(publish(3));
        }
        List<Long> afterwards = publish(3);
        try (BayeuxClient client = builder(http).connect();
                PullSubscription<?> subscription = client.subscribe(CHANNEL)) {
            for (Long id : afterwards) {
                assertEquals(Position.after(id), subscription.poll(LIMIT).orElseThrow().position().orElseThrow());
            }
        }
        assertTrue(handled.isEmpty() && gaps.isEmpty(), () -> handled + " " + gaps);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-121")
    void aPositionThatIsKeptNoLongerIsReplaced(Http http) throws Exception {
        List<Long> ids = publish(10);
        store.save(CHANNEL, Position.after(ids.get(2)));
        replay.forgetAllBut(CHANNEL, 3);
        try (BayeuxClient client = builder(http).onInvalidPosition(OnInvalidPosition.EARLIEST).connect()) {
            client.subscribe(CHANNEL,
                    message -> handled.add(Long.parseLong(message.position().orElseThrow().replayId())));
            assertHandled(ids.subList(7, 10));
        }
        assertEquals(List.of(ids.get(2), -2L), replay.asked(CHANNEL));
        ReplayGap gap = gaps.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertEquals(Optional.of(Position.EARLIEST), gap.begun());
        assertEquals(Optional.of(Position.after(ids.getLast())), store.load(CHANNEL));
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatFailsGetsItsEventAgainWhileSessionsChange(Http http) throws Exception {
        List<Long> ids = publish(5);
        AtomicBoolean expired = new AtomicBoolean();
        try (BayeuxClient client = builder(http).connect()) {
            client.subscription(CHANNEL).fromStoredOr(Position.EARLIEST).onHandlerFailure(OnHandlerFailure
                    .retry(Backoff.of(Duration.ofMillis(10), Duration.ofMillis(20)))).start(message -> {
                        long id = Long.parseLong(message.position().orElseThrow().replayId());
                        if (id == ids.get(2) && replay.asked(CHANNEL).size() < 2) {
                            if (!expired.getAndSet(true)) {
                                server.expireAllSessions();
                            }
                            throw new IllegalStateException("not now");
                        }
                        handled.add(id);
                    });
            assertHandled(ids);
            assertHandled(publish(2));
        }
        assertTrue(handled.isEmpty(), handled::toString);
        assertEquals(List.of(-2L, ids.getLast()), replay.asked(CHANNEL));
    }
}
