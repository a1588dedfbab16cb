package dev.bayeux.benchmarks.client;

import java.util.Map;

/** So many clients as the variant says, connected and silent. For a separate process, once. */
final class IdleLoad implements Load {

    /** As many as that leave their traces on the server only until they have said farewell. */
    private static final int WARMING = 100;

    private final Subject subject;
    private final Crowd crowd = new Crowd();

    /** With a first one, which stays: what the others share is neither made nor stopped with them. */
    IdleLoad(Subject subject) throws Exception {
        this.subject = subject;
        crowd.add(1, subject, null, Peer::connect);
    }

    @Override
    public void warmUp() throws Exception {
        try (Crowd passing = new Crowd()) {
            passing.add(WARMING, subject, null, Peer::connect);
        }
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        int count = subject.variantNumber();
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
