package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.client.Peer.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how the cost of a message grows with a number. A command names the quantity and the number: {@code exact 1000}
 * is a client with a thousand subscriptions, for example. Each command makes its own client.
 */
final class CurveLoad implements Load {

    private static final String CHANNEL = "/curve/0/v";
    private static final int SUBSCRIBING_AT_ONCE = 64;
    private static final double WARM_MILLIS = 1_500;
    private static final double MEASURED_MILLIS = 600;
    private static final int MOST_BATCHED = 100;
    /** The most bytes, roughly, of a reply with several messages. */
    private static final int REPLY_BYTES = 100_000;
    /** The most bytes, roughly, of a burst. */
    private static final int BURST_BYTES = 20_000_000;
    private static final int BURST = 20_000;
    private static final int LEAST_BURST = 20;

    private final Subject subject;

    CurveLoad(Subject subject) {
        this.subject = subject;
    }

    /** A burst of messages: how many, how many in a reply, of how many characters or numbers. */
    private record Messages(int count, int batch, int length, int fields) {

        static Messages plain() {
            return new Messages(BURST, MOST_BATCHED, 0, 0);
        }

        static Messages ofBytes(int bytes, int length, int fields) {
            return new Messages(Math.clamp(BURST_BYTES / bytes, LEAST_BURST, BURST),
                    Math.clamp(REPLY_BYTES / bytes, 1, MOST_BATCHED), length, fields);
        }
    }

    @Override
    public void warmUp() {
        // Each command warms itself up.
    }

    @Override
    public Map<String, Double> run(String command) throws Exception {
        String[] words = command.split(" ");
        int number = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case "exact" -> subscriptions(number, "");
            case "star" -> subscriptions(number, "*");
            case "starstar" -> subscriptions(number, "**");
            case "subscribers" -> subscribers(number);
            case "bytes" -> messages(Messages.ofBytes(number, number, 0), View.TEXT);
            case "fields" -> messages(Messages.ofBytes(number * 8, 0, number), switch (number) {
                case 10 -> View.TEN;
                case 100 -> View.HUNDRED;
                default -> View.THOUSAND;
            });
            default -> throw new IllegalArgumentException("No such curve: " + command);
        };
    }

    /** One of so many subscriptions of a client matches. */
    private Map<String, Double> subscriptions(int count, String pattern) throws Exception {
        try (Peer peer = subject.connectedPeer()) {
            long heapBefore = Meter.usedHeap();
            AtomicLong arrived = new AtomicLong();
            Semaphore all = new Semaphore(0);
            List<Future<?>> subscribing = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(count, SUBSCRIBING_AT_ONCE))) {
                for (int n = 0; n < count; n++) {
                    String channel = pattern.isEmpty()
                            ? "/curve/%d/v".formatted(n)
                            : "/curve/%d/%s".formatted(n, pattern);
                    subscribing.add(threads.submit(() -> {
                        peer.subscribe(channel, View.NOTHING, value -> count(arrived, all));
                        return null;
                    }));
                }
            }
            for (Future<?> each : subscribing) {
                each.get();
            }
            double heap = Meter.usedHeap() - heapBefore;
            Map<String, Double> figures = new LinkedHashMap<>(measure(peer, Messages.plain(), 1, arrived, all));
            figures.put("heapPerSubscription", Math.max(0, heap / count));
            return figures;
        }
    }

    /** So many subscribers receive each message. */
    private Map<String, Double> subscribers(int count) throws Exception {
        try (Peer peer = subject.connectedPeer()) {
            AtomicLong arrived = new AtomicLong();
            Semaphore all = new Semaphore(0);
            for (int n = 0; n < count; n++) {
                peer.subscribe(CHANNEL, View.NOTHING, value -> count(arrived, all));
            }
            return measure(peer, new Messages(Math.max(LEAST_BURST, BURST / count), MOST_BATCHED, 0, 0), count, arrived,
                    all);
        }
    }

    private Map<String, Double> messages(Messages messages, View view) throws Exception {
        try (Peer peer = subject.connectedPeer()) {
            AtomicLong arrived = new AtomicLong();
            Semaphore all = new Semaphore(0);
            peer.subscribe(CHANNEL, view, value -> count(arrived, all));
            return measure(peer, messages, 1, arrived, all);
        }
    }

    private static void count(AtomicLong arrived, Semaphore all) {
        if (arrived.decrementAndGet() == 0) {
            all.release();
        }
    }

    private static Map<String, Double> measure(Peer peer, Messages messages, int receivers, AtomicLong arrived,
            Semaphore all) throws Exception {
        burst(peer, messages, receivers, arrived, all, WARM_MILLIS);
        Meter meter = new Meter();
        long count = burst(peer, messages, receivers, arrived, all, MEASURED_MILLIS);
        Map<String, Double> figures = meter.figures(count);
        figures.put("cpuUsPerDelivery", figures.get("cpuWithoutCompilersUsPerMsg") / receivers);
        return figures;
    }

    /** Receives bursts until they have cost a given processor time. Returns the number of messages. */
    private static long burst(Peer peer, Messages messages, int receivers, AtomicLong arrived, Semaphore all,
            double cpuMillis) throws Exception {
        long count = 0;
        Meter meter = new Meter();
        do {
            arrived.set((long) messages.count() * receivers);
            peer.publish("/service/burst", Map.of("channel", CHANNEL, "count", messages.count(), "batch",
                    messages.batch(), "length", messages.length(), "fields", messages.fields()));
            if (!all.tryAcquire(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("%d deliveries have not arrived.".formatted(arrived.get()));
            }
            count += messages.count();
        } while (meter.cpuMillis() - meter.compilerCpuMillis() < cpuMillis);
        return count;
    }

    @Override
    public void close() {
        // Each command has closed its client.
    }
}
