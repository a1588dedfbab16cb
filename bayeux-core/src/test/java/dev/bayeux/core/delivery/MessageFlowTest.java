package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bayeux.api.Message;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class MessageFlowTest {

    /** Remembers the thread that was started last. */
    private static final class LastThread implements ClientRuntime {

        private final ClientRuntime jvm = ClientRuntime.jvm();
        private volatile @Nullable Thread last;

        void awaitEnd() {
            try {
                Thread running = last;
                if (running != null) {
                    running.join();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Thread start(String name, Runnable task) {
            Thread started = jvm.start(name, task);
            last = started;
            return started;
        }

        @Override
        public long nanoTime() {
            return jvm.nanoTime();
        }

        @Override
        public Instant now() {
            return jvm.now();
        }

        @Override
        public long seed() {
            return jvm.seed();
        }

        @Override
        public ReentrantLock newLock() {
            return jvm.newLock();
        }

        @Override
        public Runnable onSleep(Runnable awake) {
            return jvm.onSleep(awake);
        }

        @Override
        public void join(Thread thread, Duration limit) throws InterruptedException {
            jvm.join(thread, limit);
        }

        @Override
        public <T> T get(CompletableFuture<T> future, long limitNs)
                throws InterruptedException, ExecutionException, TimeoutException {
            return jvm.get(future, limitNs);
        }
    }

    /** Notes the end. */
    private static final class Ends implements Flow.Subscriber<Message<JsonValue>> {

        private final LinkedBlockingQueue<Object> ends = new LinkedBlockingQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
        }

        @Override
        public void onNext(Message<JsonValue> message) {
            throw new AssertionError("no message comes");
        }

        @Override
        public void onError(Throwable failure) {
            ends.add(failure);
        }

        @Override
        public void onComplete() {
            ends.add("complete");
        }
    }

    @Test
    void aSessionThatEndsBeforeTheFlowHasBegunIsAnError() throws InterruptedException {
        SubscriptionsFixture server = new SubscriptionsFixture();
        LastThread runtime = new LastThread();
        Ends subscriber = new Ends();
        server.afterJoin = server::endSession;
        server.afterLeft = runtime::awaitEnd;
        SubscriptionSettings settings = SubscriptionSettings.of(List.of("/a"), JsonValue.class,
                SubscriptionsFixture.LIMIT, Overflow.PAUSE);
        new MessageFlow<JsonValue>(server.subscriptions, settings, subscriber,
                started -> awaitOutcome(started.outcome(), runtime)).begin();

        assertInstanceOf(DisconnectedException.class, subscriber.ends.take());
        runtime.awaitEnd();
        assertEquals(List.of(), List.copyOf(subscriber.ends));
    }

    private static void awaitOutcome(CompletableFuture<?> outcome, ClientRuntime runtime) throws InterruptedException {
        try {
            runtime.get(outcome, Long.MAX_VALUE);
        } catch (ExecutionException failed) {
            throw (RuntimeException) failed.getCause();
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }
}
