package dev.bayeux.tests.views;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Message;
import dev.bayeux.tests.MemoryWorld;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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
        // How long to wait for what must come, for what must not, and between two looks.
        super(new TestEnvironment(5_000, 50, 10));
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
        long count = Math.min(elements, MANY);
        threads.add(Thread.ofVirtual().name("test-numbers").start(() -> play(world, count)));
        return publisher(world.client);
    }

    /** The server publishes as soon as it is asked; when the client has all of it, it is closed. */
    private static void play(MemoryWorld world, long count) {
        try {
            world.server.takeMessage("/meta/subscribe", MemoryWorld.PATIENCE);
            for (int n = 0; n < count; n++) {
                world.server.publish("/numbers", Integer.toString(n));
            }
            // A connect is held when nothing is left to deliver, and sent when all before it was taken in.
            world.server.awaitHeldConnects(1, MemoryWorld.PATIENCE);
            // The server's yes travels beside that.
            world.client.awaitReady(MemoryWorld.PATIENCE);
            world.client.close();
        } catch (AssertionError | InterruptedException ended) {
            // The test subscribes to nothing, or is over.
        }
    }

    @Override
    public Flow.Publisher<Message<Integer>> createFailedFlowPublisher() {
        MemoryWorld world = world();
        world.client.close();
        return publisher(world.client);
    }
}
