package dev.bayeux.benchmarks.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes batches of 100 without waiting for their answers, as long as fewer messages than the variant says are
 * unanswered.
 */
final class SaturatedLoad extends PeerLoad {

    private static final String CHANNEL = "/orders/eu";
    private static final int BATCH = 100;

    private final int window;

    SaturatedLoad(Subject subject) throws Exception {
        super(subject);
        window = subject.variantNumber() / BATCH;
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        Semaphore room = new Semaphore(window);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Meter meter = new Meter();
        for (int sent = 0; sent < size; sent += BATCH) {
            List<Map<String, Object>> data = IntStream.range(sent, sent + BATCH).mapToObj(Samples::data).toList();
            acquire(room, 1);
            peer.batchLater(CHANNEL, data).whenComplete((done, failed) -> {
                failure.compareAndSet(null, failed);
                room.release();
            });
        }
        acquire(room, window);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("A batch was not accepted.", failed);
        }
        return meter.figures(size);
    }

    private static void acquire(Semaphore room, int permits) throws InterruptedException {
        if (!room.tryAcquire(permits, 1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("A batch was not answered.");
        }
    }
}
