package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.PayloadException;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How messages wait for the program, and how it takes them (protocol.md C-87). */
abstract class ClientQueueRules extends ClientRules {

    private void publish(BayeuxClient client, int count) throws InterruptedException {
        client.batch(batch -> IntStream.rangeClosed(1, count).forEach(n -> batch.publish("/foo", n)));
    }

    @Test
    void takeWaitsThroughALostSession() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        ClientCall<Message<JsonValue>> taking = bench().call(subscription::take);
        server().restart();
        bench().events.take(ClientEvent.SessionRenewed.class);
        awaitReady(client);
        server().publish("/foo", "1");
        assertEquals("1", taking.result().text());
    }

    @Test
    void takeEndsWhenTheClientIsDisconnectedAndWorksAgainAfterwards() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        ClientCall<Message<JsonValue>> taking = bench().call(subscription::take);
        publish(client, 1);
        assertEquals("1", taking.result().text());
        publish(client, 2);
        ClientCall<Message<JsonValue>> waiting = bench().call(() -> {
            subscription.take();
            subscription.take();
            return subscription.take();
        });
        client.disconnect();
        waiting.failure(DisconnectedException.class);
        assertThrows(DisconnectedException.class, () -> subscription.poll(Duration.ZERO));
        client.connect();
        assertEquals(Optional.empty(), subscription.poll(Duration.ZERO));
        publish(client, 1);
        assertNext(subscription, "1");
    }

    @Test
    void takeEndsWhenTheSubscriptionOrTheClientIsClosed() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> first = client.subscribe("/foo");
        PullSubscription<JsonValue> second = client.subscribe("/foo");
        ClientCall<Message<JsonValue>> one = bench().call(first::take);
        ClientCall<Message<JsonValue>> two = bench().call(second::take);
        first.close();
        one.failure(ClientClosedException.class);
        client.close();
        two.failure(ClientClosedException.class);
        assertEquals(SubscriptionState.CLOSED, second.state());
    }

    @Test
    void anInterruptLosesNoMessage() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        ClientCall<Message<JsonValue>> taking = bench().call(subscription::take);
        taking.interrupt();
        taking.failure(InterruptedException.class);
        publish(client, 1);
        assertNext(subscription, "1");
    }

    @Test
    void severalThreadsShareTheMessages() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        List<ClientCall<List<String>>> taking = IntStream.range(0, 4).mapToObj(n -> bench().call(() -> {
            List<String> taken = new ArrayList<>();
            for (int count = 0; count < 25; count++) {
                taken.add(subscription.take().text());
            }
            return taken;
        })).toList();
        publish(client, 100);
        List<String> all = new ArrayList<>();
        for (ClientCall<List<String>> each : taking) {
            all.addAll(each.result());
        }
        assertEquals(100, new HashSet<>(all).size());
    }

    @Test
    void iteratingEndsWithTheSubscription() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<Integer> subscription = client.subscribe("/foo", Integer.class);
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        ClientCall<Boolean> looping = bench().run(() -> {
            for (Message<Integer> message : subscription) {
                seen.add(message.data());
            }
        });
        publish(client, 3);
        for (int n = 1; n <= 3; n++) {
            assertEquals(n, seen.poll(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        }
        subscription.close();
        looping.result();
        Iterator<Message<Integer>> over = subscription.iterator();
        assertFalse(over.hasNext());
        assertThrows(NoSuchElementException.class, over::next);
    }

    @Test
    void iteratingEndsQuietlyWithTheClient() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        ClientCall<Boolean> looping = bench().run(() -> subscription.forEach(message -> {}));
        client.close();
        looping.result();
    }

    @Test
    void iteratingEndsWithAnInterruptOrADisconnect() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        ClientCall<Boolean> looping = bench().call(() -> {
            subscription.forEach(message -> {});
            return Thread.currentThread().isInterrupted();
        });
        looping.interrupt();
        assertTrue(looping.result());
        ClientCall<Boolean> another = bench().run(() -> subscription.forEach(message -> {}));
        client.disconnect();
        another.failure(DisconnectedException.class);
    }

    @Test
    void dataIsBoundToATypeAndWhatDoesNotFitIsLeftOut() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<Integer> pulled = client.subscribe("/foo", Integer.class);
        BlockingQueue<Integer> handled = new LinkedBlockingQueue<>();
        client.subscribe("/foo", Integer.class, message -> handled.add(message.data()));
        client.publish("/foo", "no number");
        client.publish("/foo", 7);
        PayloadException failure = assertThrows(PayloadException.class, () -> pulled.poll(bench().patience));
        assertEquals("/foo", failure.channel());
        assertEquals(7, pulled.take().data());
        assertEquals(7, handled.poll(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        assertTrue(bench().events.take(ClientEvent.HandlerFailed.class).cause() instanceof PayloadException);
    }

    @Test
    @Tag("C-87")
    void theOldestAreDropped() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscription("/foo").queue(3, Overflow.DROP_OLDEST).start();
        publish(client, 5);
        ClientEvent.MessagesDropped event = bench().events.take(ClientEvent.MessagesDropped.class);
        assertEquals(subscription, event.subscription());
        assertEquals(2, event.count());
        assertEquals(2, subscription.dropped());
        assertNext(subscription, "3", "4", "5");
    }

    @Test
    @Tag("C-87")
    void theNewestAreDropped() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscription("/foo").queue(3, Overflow.DROP_NEWEST).start();
        publish(client, 5);
        assertEquals(2, bench().events.take(ClientEvent.MessagesDropped.class).count());
        assertNext(subscription, "1", "2", "3");
        publish(client, 1);
        assertNext(subscription, "1");
        assertEquals(2, subscription.dropped());
    }

    @Test
    @Tag("C-87")
    void aFullQueueCanCloseItsSubscription() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        PullSubscription<JsonValue> subscription = client.subscription("/foo").queue(3, Overflow.CLOSE).start();
        PullSubscription<JsonValue> other = client.subscribe("/foo");
        publish(client, 5);
        assertEquals(subscription, bench().events.take(ClientEvent.SubscriptionOverflowed.class).subscription());
        assertEquals(SubscriptionState.CLOSED, subscription.state());
        assertNext(subscription, "1", "2", "3");
        assertThrows(ClientClosedException.class, subscription::take);
        assertNext(other, "1", "2", "3", "4", "5");
        assertEquals(List.of(other), client.subscriptions());
    }

    @Test
    @Tag("C-87")
    void handlersHaveAQueueToo() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        Subscription subscription = client.subscription("/foo").queue(2, Overflow.DROP_OLDEST).start(message -> {
            entered.countDown();
            release.await();
            handled.add(message.text());
        });
        client.publish("/foo", 0);
        assertTrue(entered.await(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        publish(client, 5);
        bench().events.take(ClientEvent.MessagesDropped.class);
        release.countDown();
        for (String expected : List.of("0", "4", "5")) {
            assertEquals(expected, handled.poll(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        }
        assertEquals(3, subscription.dropped());
    }

    @Test
    @Tag("C-74")
    void aHandlerIsNeverCalledTwiceAtOnce() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(200);
        client.subscription("/foo", "/**").start(message -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
            all.countDown();
        });
        publish(client, 100);
        publish(client, 100);
        assertTrue(all.await(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        assertEquals(1, most.get());
    }

    @Test
    void aHandlerThatIsRunningFinishesWhenItsSubscriptionIsClosed() throws Exception {
        BayeuxClient client = bench().connectAndSettle();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        BlockingQueue<String> handled = new LinkedBlockingQueue<>();
        Subscription subscription = client.subscribe("/foo", message -> {
            entered.countDown();
            release.await();
            handled.add(message.text());
        });
        publish(client, 3);
        assertTrue(entered.await(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        subscription.close();
        release.countDown();
        assertEquals("1", handled.poll(bench().patience.toNanos(), TimeUnit.NANOSECONDS));
        client.close();
        assertTrue(handled.isEmpty());
    }
}
