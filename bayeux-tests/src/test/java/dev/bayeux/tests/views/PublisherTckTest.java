package dev.bayeux.tests.views;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Message;
import dev.bayeux.tests.MemoryWorld;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterMethod;

/** The publisher of a subscription obeys the rules of Reactive Streams. Each test has a client and a server of its own. */
public class PublisherTckTest extends FlowPublisherVerification<Message<Integer>> {

    /** More than any test reads; those that ask for as many as can be counted read a few. */
    private static final long MANY = 200;

    private final ConcurrentLinkedQueue<MemoryWorld> worlds = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

    public PublisherTckTest() {
        // How long to wait for what must come, for what must not, and between two looks for an error. The first is
        // reached sooner than it says where looks are many: each takes away all the time since the first of them.
        super(new TestEnvironment(20_000, 50, 500));
    }

    @AfterMethod
    void close() throws InterruptedException {
        for (MemoryWorld world : List.copyOf(worlds)) {
            worlds.remove(world);
            world.close();
        }
        for (Thread thread : List.copyOf(threads)) {
            threads.remove(thread);
            // It waits in vain where the test subscribes to nothing.
            thread.interrupt();
            thread.join(MemoryWorld.PATIENCE);
        }
    }

    private MemoryWorld world() {
        MemoryWorld world = new MemoryWorld();
        worlds.add(world);
        return world;
    }

    private static Flow.Publisher<Message<Integer>> publisher(BayeuxClient client) {
        return client.subscription("/numbers").as(Integer.class).publisher();
    }

    @Override
    public Flow.Publisher<Message<Integer>> createFlowPublisher(long elements) {
        MemoryWorld world = world();
        try {
            world.connect();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        int count = (int) Math.min(elements, MANY);
        CountDownLatch unread = new CountDownLatch(count);
        threads.add(Thread.ofVirtual().name("test-numbers").start(() -> play(world, count, unread)));
        Flow.Publisher<Message<Integer>> numbers = publisher(world.client);
        return reader -> numbers.subscribe(reader == null ? null : new Counting(reader, unread));
    }

    /**
     * The server publishes as soon as it is asked; when the reader has all of it, the client is closed. Before that would
     * be too early: a client that is closed does not wait for somebody to ask for what is left.
     */
    private static void play(MemoryWorld world, int count, CountDownLatch unread) {
        try {
            world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
            for (int n = 0; n < count; n++) {
                world.server.publish("/numbers", Integer.toString(n));
            }
            unread.await();
            // Where there is nothing to read: there must be a subscription before its end is one.
            world.client.awaitReady(MemoryWorld.PATIENCE);
            world.client.close();
        } catch (AssertionError | InterruptedException ended) {
            // The test subscribes to nothing, or is over.
        }
    }

    /** Passes everything on, and counts what was read. */
    private record Counting(Flow.Subscriber<? super Message<Integer>> reader, CountDownLatch unread)
            implements
                Flow.Subscriber<Message<Integer>> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reader.onSubscribe(subscription);
        }

        @Override
        public void onNext(Message<Integer> message) {
            reader.onNext(message);
            unread.countDown();
        }

        @Override
        public void onError(Throwable failure) {
            reader.onError(failure);
        }

        @Override
        public void onComplete() {
            reader.onComplete();
        }
    }

    @Override
    public Flow.Publisher<Message<Integer>> createFailedFlowPublisher() {
        MemoryWorld world = world();
        world.client.close();
        return publisher(world.client);
    }
}
