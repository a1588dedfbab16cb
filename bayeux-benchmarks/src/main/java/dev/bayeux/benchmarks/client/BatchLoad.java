package dev.bayeux.benchmarks.client;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Publishes in batches of as many as the variant says, one batch after the other. */
final class BatchLoad extends PeerLoad {

    private static final String CHANNEL = "/orders/eu";

    private final int batch;

    BatchLoad(Subject subject) throws Exception {
        super(subject);
        batch = subject.variantNumber();
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        Meter meter = new Meter();
        for (int sent = 0; sent < size; sent += batch) {
            List<Map<String, Object>> data = IntStream.range(sent, sent + batch).mapToObj(Samples::data).toList();
            peer.batch(CHANNEL, data);
        }
        return meter.figures(size);
    }
}
