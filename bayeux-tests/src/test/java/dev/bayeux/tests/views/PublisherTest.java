package dev.bayeux.tests.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.MemoryWorld;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.server.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The behaviour of a publisher that Reactive Streams does not define; {@link PublisherTckTest} tests its rules. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class PublisherTest {

    private final LinkedBlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();
    private final MemoryWorld world = new MemoryWorld(settings -> settings.onEvent(events::add));
    private final Signals<Integer> signals = new Signals<>();

    @BeforeEach
    void connect() throws InterruptedException {
        world.connect();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private <E extends ClientEvent> E await(Class<E> type, Predicate<E> which) throws InterruptedException {
        while (true) {
            ClientEvent next = events.poll(MemoryWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No " + type);
            }
            if (type.isInstance(next) && which.test(type.cast(next))) {
                return type.cast(next);
            }
        }
    }

    /** Until the server was asked. */
    private void subscribe(MemoryWorld where) throws InterruptedException {
        where.client.subscription("/a").as(Integer.class).publisher().subscribe(signals);
        where.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
    }

    /** Whose client does not wait long for what will not come, when it is closed. */
    private static MemoryWorld hasty() throws InterruptedException {
        return new MemoryWorld(settings -> settings.closeTimeout(Duration.ofMillis(100))).connect();
    }

    @Test
    void withoutDemandNothingIsTakenAndTheServerIsNotAskedForMore() throws Exception {
        world.client.subscription("/a").as(Integer.class).queue(2, Overflow.PAUSE).publisher().subscribe(signals);
        signals.awaitSubscription();
        world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);

        for (int n = 1; n <= 3; n++) {
            world.server.publish("/a", Integer.toString(n));
        }

        await(ClientEvent.ReceivingPaused.class, any -> true);
        assertEquals(List.of(), signals.received());
        signals.request(3);
        await(ClientEvent.ReceivingResumed.class, any -> true);
        assertEquals(List.of(1, 2, 3), signals.awaitNext(3));
    }

    @Test
    void aMessageThatCannotBeBoundIsReportedAndTheOthersFollow() throws Exception {
        subscribe(world);
        signals.request(2);

        world.server.publish("/a", "1");
        world.server.publish("/a", "\"no number\"");
        world.server.publish("/a", "2");

        assertEquals(List.of(1, 2), signals.awaitNext(2));
        ClientEvent.HandlerFailed told = await(ClientEvent.HandlerFailed.class, any -> true);
        assertEquals("/a", assertInstanceOf(PayloadException.class, told.cause()).channel());
    }

    @Test
    void cancellingUnsubscribes() throws Exception {
        subscribe(world);
        signals.request(1);
        world.server.publish("/a", "1");
        signals.awaitNext(1);

        signals.cancel();

        world.server.takeMessage("/meta/unsubscribe", MemoryWorld.PATIENCE);
        assertEquals(List.of(), world.client.subscriptions());
    }

    @Test
    void cancellingBeforeTheServerHasAnsweredEndsTheFlowAtOnce() throws Exception {
        try (MemoryWorld hasty = hasty()) {
            hasty.server.next("/meta/subscribe").answer(Answer.held(Answer.status(500)));
            subscribe(hasty);

            signals.awaitSubscription();
            signals.cancel();

            assertEquals(List.of(), hasty.client.subscriptions());
        }
    }

    @Test
    void aFlowWithoutDemandEndsWithItsClient() throws Exception {
        try (MemoryWorld hasty = hasty()) {
            hasty.client.subscription("/a").as(Integer.class).publisher().subscribe(signals);
            assertTrue(hasty.client.awaitReady(MemoryWorld.PATIENCE));
            hasty.server.publish("/a", "1");
            hasty.server.awaitHeldConnects(1, MemoryWorld.PATIENCE);

            hasty.client.close();

            signals.awaitCompletion();
            assertEquals(List.of(), signals.received());
        }
    }

    @Test
    void aClientThatIsClosedBeforeThereIsASubscriptionIsAnError() throws Exception {
        try (MemoryWorld hasty = hasty()) {
            hasty.server.next("/meta/subscribe").answer(Answer.held(Answer.status(500)));
            subscribe(hasty);

            hasty.client.close();

            assertInstanceOf(ClientClosedException.class, signals.awaitError());
        }
    }

    @Test
    void allSignalsComeFromOneNamedVirtualThreadThatMayBlock() throws Exception {
        subscribe(world);
        signals.request(1);
        world.server.publish("/a", "1");
        signals.awaitNext(1);

        assertEquals(List.of("bayeux-views-flow-/a"), signals.threads().distinct().toList());
    }

    @Test
    void theServersNoIsTheErrorOfTheFlow() throws Exception {
        world.server.deny("/no");

        world.client.subscription("/no").as(Integer.class).publisher().subscribe(signals);

        assertEquals("/no", assertInstanceOf(SubscribeException.class, signals.awaitError()).channel());
    }

    @Test
    void theEndOfTheSessionIsAnErrorAndThatOfTheClientIsCompletion() throws Exception {
        world.client.subscription("/a").as(Integer.class).publisher().subscribe(signals);
        Signals<Integer> others = new Signals<>();
        signals.request(1);
        world.client.disconnect();
        assertInstanceOf(DisconnectedException.class, signals.awaitError());

        world.client.connect();
        world.client.subscription("/a").as(Integer.class).publisher().subscribe(others);
        assertTrue(world.client.awaitReady(MemoryWorld.PATIENCE));
        world.client.close();
        others.awaitCompletion();

        Signals<Integer> late = new Signals<>();
        world.client.subscription("/a").as(Integer.class).publisher().subscribe(late);
        assertInstanceOf(ClientClosedException.class, late.awaitError());
    }

    @Test
    void aSubscriberThatThrowsIsThroughAndToldOf() throws Exception {
        IllegalStateException thrown = new IllegalStateException("code of the program");
        signals.failWith(thrown);
        subscribe(world);
        signals.request(2);

        world.server.publish("/a", "1");

        assertEquals(thrown, await(ClientEvent.HandlerFailed.class, any -> true).cause());
        world.server.takeMessage("/meta/unsubscribe", MemoryWorld.PATIENCE);
    }

    @Test
    void anInterruptStatusOfASubscriberEndsNothing() throws Exception {
        signals.leaveInterrupts();
        world.client.subscription("/a").as(Integer.class).publisher().subscribe(signals);
        world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
        signals.request(2);

        world.server.publish("/a", "1");
        world.server.publish("/a", "2");

        assertEquals(List.of(1, 2), signals.awaitNext(2));
        assertEquals(1, world.client.subscriptions().size());
    }

    @Test
    void aQueueThatClosesItsSubscriptionEndsTheFlowWithAnError() throws Exception {
        world.client.subscription("/a").as(Integer.class).queue(1, Overflow.CLOSE).publisher().subscribe(signals);
        world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
        for (int n = 1; n <= 2; n++) {
            world.server.publish("/a", Integer.toString(n));
        }
        await(ClientEvent.SubscriptionOverflowed.class, any -> true);

        signals.request(5);

        assertInstanceOf(ClientClosedException.class, signals.awaitError());
        assertTrue(world.client.isReady());
    }

    @Test
    void committingByHandHasNoPlaceInAFlow() {
        assertThrows(IllegalStateException.class, () -> world.client.subscription("/a").manualCommit().publisher());
    }
}
