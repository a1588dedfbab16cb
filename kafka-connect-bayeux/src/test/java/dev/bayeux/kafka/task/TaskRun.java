package dev.bayeux.kafka.task;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.kafka.config.SourceConfig;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The receiver process of {@code TaskThroughput}: receives messages with a task or the plain client, and prints the
 * cost.
 */
public final class TaskRun {

    private static final int WARM_UP_PARTS = 3;

    private TaskRun() {
    }

    private interface Receiver extends AutoCloseable {

        /** Receives until this number of messages has arrived since the start. */
        void until(int count) throws Exception;

        @Override
        void close();
    }

    /**
     * Runs the measurement.
     *
     * @param args {@code plain}, {@code text} or {@code map}, the server's address, the number of messages for each
     *             receiver, and the number of receivers
     */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[2]);
        int receivers = Integer.parseInt(args[3]);
        CountDownLatch warm = new CountDownLatch(receivers);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(receivers);
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n < receivers; n++) {
            int number = n;
            threads.add(Thread.ofPlatform().start(() -> {
                try (Receiver receiver = args[0].equals("plain")
                        ? plain(args[1], number)
                        : task(args[0], args[1], number)) {
                    receiver.until(count - count / WARM_UP_PARTS);
                    warm.countDown();
                    go.await();
                    receiver.until(count);
                    done.countDown();
                } catch (Exception broken) {
                    broken.printStackTrace();
                    System.exit(1); // otherwise the other threads would wait for this one
                }
            }));
        }
        warm.await();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = memory.getTotalThreadAllocatedBytes();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        go.countDown();
        done.await();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double measured = (double) (count / WARM_UP_PARTS) * receivers;
        double cpuMicros = (system.getProcessCpuTime() - cpu) / 1e3;
        double allocated = memory.getTotalThreadAllocatedBytes() - bytes;
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf("%.0f %.2f %.0f%n", measured / seconds, cpuMicros / measured, allocated / measured);
        System.exit(0);
    }

    private static Map<String, String> settings(String url, int number, String format) {
        return Map.of("bayeux.url", url, "bayeux.channels", "/flood/" + number, "topic", "t", "bayeux.replay",
                "required", "bayeux.start", "earliest", "value.format", format);
    }

    private static Receiver plain(String url, int number) throws Exception {
        ClientBuilder builder = ClientSettings.builder(new SourceConfig(settings(url, number, "text")), "plain")
                .replay(PositionStore.inMemory());
        BayeuxClient client = builder.connect();
        AtomicInteger received = new AtomicInteger();
        var subscription = client.subscription("/flood/" + number).queue(1_000, Overflow.PAUSE)
                .fromStoredOr(Position.EARLIEST).start();
        return new Receiver() {
            @Override
            public void until(int count) throws InterruptedException {
                while (received.get() < count) {
                    received.addAndGet(subscription.take().text().length() > 0 ? 1 : 0);
                }
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    private static Receiver task(String format, String url, int number) {
        BayeuxSourceTask task = new BayeuxSourceTask();
        task.initialize(new StoredOffsets());
        task.start(settings(url, number, format));
        AtomicInteger received = new AtomicInteger();
        return new Receiver() {
            @Override
            public void until(int count) throws InterruptedException {
                while (received.get() < count) {
                    List<SourceRecord> records = task.poll();
                    received.addAndGet(records == null ? 0 : records.size());
                }
            }

            @Override
            public void close() {
                task.stop();
            }
        };
    }
}
