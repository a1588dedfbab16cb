package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.client.Peer.View;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients that receive, and a server that is killed and comes again. The commands: {@code down}, the server is about
 * to be killed; {@code up}, it is there again, which gives the requests in between; {@code all N}, which returns when all
 * have received something of the server's N-th process.
 */
public final class OutageLoad implements Load {

    /** The N-th process of the server counts from here times N. */
    public static final long TICKS_OF_A_PROCESS = 1_000_000;

    private static final int WARMING = 100;

    private final Subject subject;
    private final Crowd crowd = new Crowd();
    private final int clients;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<Long, Semaphore> arrived = new ConcurrentHashMap<>();
    private Meter meter = new Meter();

    OutageLoad(Subject subject) throws Exception {
        this.subject = subject;
        clients = subject.size();
        crowd.add(clients, subject, requests::incrementAndGet, this::receive);
        awaitAll(0);
    }

    private void receive(Peer peer) throws Exception {
        peer.connect();
        AtomicInteger latest = new AtomicInteger(-1);
        peer.subscribe("/ticks", View.FIELD, number -> {
            long generation = number / TICKS_OF_A_PROCESS;
            if (latest.getAndSet((int) generation) < generation) {
                arrivals(generation).release();
            }
        });
    }

    private Semaphore arrivals(long generation) {
        return arrived.computeIfAbsent(generation, any -> new Semaphore(0));
    }

    private void awaitAll(long generation) throws InterruptedException {
        if (!arrivals(generation).tryAcquire(clients, 2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("Of %d clients only %d receive.".formatted(clients,
                    arrivals(generation).availablePermits()));
        }
    }

    /** With others that come and go: what an outage brings about is mostly that all connect and subscribe again. */
    @Override
    public void warmUp() throws Exception {
        try (Crowd passing = new Crowd()) {
            passing.add(WARMING, subject, null, peer -> {
                peer.connect();
                peer.subscribe("/ticks", View.FIELD, number -> {});
            });
        }
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        if (command.equals("down")) {
            requests.set(0);
            meter = new Meter();
            return Map.of();
        }
        if (command.equals("up")) {
            return Map.of("requestsWhileDown", (double) requests.get());
        }
        awaitAll(Long.parseLong(command.substring("all ".length())));
        return Map.of("cpuMsPerClient", meter.cpuMillis() / clients, "cpuWithoutCompilersMsPerClient",
                (meter.cpuMillis() - meter.compilerCpuMillis()) / clients, "requestsInAll", (double) requests.get());
    }

    @Override
    public void close() {
        crowd.close();
    }
}
