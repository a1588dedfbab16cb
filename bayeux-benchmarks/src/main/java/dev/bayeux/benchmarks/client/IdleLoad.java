package dev.bayeux.benchmarks.client;

import java.util.Map;

/** So many clients as the variant says, connected and silent. For a process of its own, once. */
final class IdleLoad implements Load {

    private final Subject subject;
    private final Crowd crowd = new Crowd();

    IdleLoad(Subject subject) {
        this.subject = subject;
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        int count = subject.variantNumber();
        // Classes are loaded and caches filled by a first one, which stays until the others are there.
        crowd.add(1, subject, null, Peer::connect);
        long heapBefore = Meter.usedHeap();
        Meter meter = new Meter();
        crowd.add(count, subject, null, Peer::connect);
        double seconds = meter.seconds();
        double cpu = meter.cpuMillis();
        double heap = Meter.usedHeap() - heapBefore;
        return Map.of("heapPerClient", heap / count, "platformThreads", (double) Meter.platformThreads(),
                "connectsPerS", count / seconds, "cpuMsPerClient", cpu / count);
    }

    @Override
    public void close() {
        crowd.close();
    }
}
