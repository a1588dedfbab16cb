package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.client.Peer.View;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** From a publish to its own delivery, one in flight. */
final class RoundTripLoad extends PeerLoad {

    /** Of this process alone: otherwise every client that waits for its turn would receive each message, too. */
    private static final String CHANNEL = "/echo/" + ProcessHandle.current().pid();

    private final long[] nanos;
    private final Semaphore arrived = new Semaphore(0);
    private long arrivedAt;

    RoundTripLoad(Subject subject) throws Exception {
        super(subject);
        nanos = new long[size];
        peer.subscribe(CHANNEL, View.NOTHING, value -> {
            arrivedAt = System.nanoTime();
            arrived.release();
        });
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        Meter meter = new Meter();
        for (int n = 0; n < nanos.length; n++) {
            Map<String, Object> data = Samples.data(n);
            long begun = System.nanoTime();
            peer.publish(CHANNEL, data);
            if (!arrived.tryAcquire(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The message has not come back.");
            }
            nanos[n] = arrivedAt - begun;
        }
        Map<String, Double> figures = meter.figures(nanos.length);
        Arrays.sort(nanos);
        figures.put("p50us", nanos[nanos.length / 2] / 1e3);
        figures.put("p99us", nanos[nanos.length - nanos.length / 100 - 1] / 1e3);
        return figures;
    }
}
