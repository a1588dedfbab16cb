package dev.bayeux.tests.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a client costs on each transport: heap and platform threads for many connected clients, processor time and
 * requests for many publishes at once. {@code mvn -Pfootprint} runs it; the server is in a process of its own.
 */
public final class Footprint {

    private static final List<String> TRANSPORTS = List.of("jdk-long-polling", "jetty-long-polling");
    private static final int CALLERS = 100;
    private static final int PUBLISHES = 10_000;
    private static final int ROUNDS = 5;

    private Footprint() {
    }

    /**
     * Runs all.
     *
     * @param args none
     */
    public static void main(String[] args) throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            for (String transport : TRANSPORTS) {
                connected(server.uri(), transport, 1); // classes loaded, caches filled
                for (int clients : new int[]{100, 1_000}) {
                    connected(server.uri(), transport, clients);
                }
                publishes(server.uri(), transport);
            }
        }
    }

    private static void connected(URI uri, String transport, int count) throws Exception {
        long heapBefore = usedHeap();
        int threadsBefore = platformThreads();
        List<BayeuxClient> clients = new ArrayList<>();
        try (ExecutorService starter = Executors.newFixedThreadPool(8)) {
            List<Future<BayeuxClient>> starting = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                starting.add(starter.submit(() -> builder(uri, transport).connect()));
            }
            for (Future<BayeuxClient> client : starting) {
                clients.add(client.get());
            }
        }
        long heap = usedHeap() - heapBefore;
        int threads = platformThreads();
        if (count > 1) {
            System.out.printf("%-20s %5d clients connected: %6.1f kB of heap each, %d platform threads (%d before)%n",
                    transport, count, heap / 1000.0 / count, threads, threadsBefore);
        }
        try (ExecutorService closer = Executors.newVirtualThreadPerTaskExecutor()) {
            clients.forEach(client -> closer.submit(client::close));
        }
    }

    private static void publishes(URI uri, String transport) throws Exception {
        AtomicLong requests = new AtomicLong();
        double[] cpu = new double[ROUNDS];
        long[] sent = new long[ROUNDS];
        try (BayeuxClient client = builder(uri, transport).headers(() -> {
            requests.incrementAndGet();
            return Map.of();
        }).connect()) {
            publishAll(client); // warm-up
            for (int round = 0; round < ROUNDS; round++) {
                long cpuBefore = cpuTime();
                long requestsBefore = requests.get();
                publishAll(client);
                cpu[round] = (cpuTime() - cpuBefore) / 1e6;
                sent[round] = requests.get() - requestsBefore;
            }
        }
        Arrays.sort(cpu);
        Arrays.sort(sent);
        System.out.printf(
                "%-20s %,d publishes from %d virtual threads: %.0f ms of CPU (%.0f to %.0f), %d requests (%d to %d); median of %d rounds%n",
                transport, PUBLISHES, CALLERS, cpu[ROUNDS / 2], cpu[0], cpu[ROUNDS - 1], sent[ROUNDS / 2], sent[0],
                sent[ROUNDS - 1], ROUNDS);
    }

    private static void publishAll(BayeuxClient client) throws InterruptedException, ExecutionException, IOException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calling = new ArrayList<>();
            for (int n = 0; n < CALLERS; n++) {
                int caller = n;
                calling.add(callers.submit(() -> {
                    for (int k = 0; k < PUBLISHES / CALLERS; k++) {
                        client.publish("/footprint", Map.of("caller", caller, "number", k));
                    }
                    return null;
                }));
            }
            for (Future<?> done : calling) {
                done.get();
            }
        }
    }

    private static ClientBuilder builder(URI uri, String transport) {
        return BayeuxClient.builder(uri).transports(transport);
    }

    private static long cpuTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static int platformThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** What is left after collections have found no more. */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int n = 0; n < 5; n++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
