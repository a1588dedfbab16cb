package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.client.Peer.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * As many publishes at once as the variant says, none of which waits for another: how many the client or the server
 * refuses, and how often the server sees one that was begun before the one that it has seen last.
 */
final class OrderLoad extends PeerLoad {

    private final int count;
    private final BlockingQueue<Long> inversions = new ArrayBlockingQueue<>(1);

    OrderLoad(Subject subject) throws Exception {
        super(subject);
        count = subject.variantNumber();
        peer.subscribe("/inversions", View.FIELD, inversions::add);
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        List<CompletableFuture<?>> publishing = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            publishing.add(peer.publishLater("/order", Map.of("n", n)));
        }
        int refused = 0;
        for (CompletableFuture<?> one : publishing) {
            refused += one.handle((done, failed) -> failed == null ? 0 : 1).get(1, TimeUnit.MINUTES);
        }
        peer.publish("/service/order", Map.of());
        Long seen = inversions.poll(1, TimeUnit.MINUTES);
        if (seen == null) {
            throw new IllegalStateException("The server has not told of the order.");
        }
        return Map.of("inversions", (double) seen, "refusals", (double) refused);
    }
}
