package dev.bayeux.benchmarks.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** So many callers as the variant says, each of which publishes and waits for the answer, again and again. */
final class PublishLoad extends PeerLoad {

    private static final String CHANNEL = "/orders/eu";

    private final int callers;

    PublishLoad(Subject subject) throws Exception {
        super(subject);
        callers = subject.variantNumber();
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Meter meter = new Meter();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calling = new ArrayList<>();
            for (int n = 0; n < callers; n++) {
                calling.add(threads.submit(() -> {
                    for (int number = next.getAndIncrement(); number < size; number = next.getAndIncrement()) {
                        peer.publish(CHANNEL, Samples.data(number));
                    }
                    return null;
                }));
            }
            for (Future<?> caller : calling) {
                caller.get();
            }
        }
        return meter.figures(size);
    }
}
