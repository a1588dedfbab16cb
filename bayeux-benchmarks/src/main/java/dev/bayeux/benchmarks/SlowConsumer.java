package dev.bayeux.benchmarks;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.Subscription;
import dev.bayeux.benchmarks.server.ServerSettings;
import jakarta.json.JsonNumber;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A consumer at a tenth of its producer's speed: what it keeps in memory, and whether it misses anything. The server is
 * in a separate process and publishes 1,000 messages of about 1 kB a second; the handler takes 100 a second; the
 * queue holds 200. What is acknowledged is not lost until the server's answers grow beyond maxReplyBytes; what is not
 * gives way to what is newer. {@code mvn -Pbench -Dscenario=slow-consumer [-Dseconds=60]} runs it.
 */
final class SlowConsumer {

    private static final int PRODUCED = 1_000;
    private static final int CONSUMED = 100;
    private static final int QUEUE = 200;
    private static final int REPORTS = 6;

    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong outOfOrder = new AtomicLong();
    private final AtomicLong pauses = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();
    private long next = -1;

    private SlowConsumer() {
    }

    /**
     * Runs it.
     *
     * @param seconds for how long, with acknowledgement and once more without
     */
    static void run(int seconds) throws Exception {
        for (boolean acknowledge : new boolean[]{true, false}) {
            System.out.println(acknowledge ? "acknowledged" : "not acknowledged");
            new SlowConsumer().run(acknowledge, seconds);
        }
    }

    private void run(boolean acknowledge, int seconds) throws Exception {
        try (ServerProcess server = ServerProcess.start(Options.read(),
                ServerSettings.DEFAULT.withAcknowledge().withTicks(PRODUCED, 1_000));
                BayeuxClient client = BayeuxClient.builder(server.uri()).transports("jdk-long-polling")
                        .acknowledge(acknowledge)
                        .onEvent(this::count)
                        .connect()) {
            Subscription subscription = client.subscription("/ticks").queue(QUEUE, Overflow.PAUSE).start(message -> {
                long number = ((JsonNumber) message.data().asJsonObject().get("n")).longValueExact();
                outOfOrder.addAndGet(next >= 0 && number != next ? 1 : 0);
                next = number + 1;
                handled.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / CONSUMED);
            });
            for (int report = 1; report <= REPORTS; report++) {
                client.awaitState(state -> false, Duration.ofMillis(seconds * 1_000L / REPORTS));
                System.out.printf(
                        "after %3d s: %,7d produced (about), %,6d handled, %d not the next one, %d dropped, %d pauses, %d new sessions, %.1f MB of heap%n",
                        seconds * report / REPORTS, PRODUCED * seconds * report / REPORTS, handled.get(),
                        outOfOrder.get(), subscription.dropped(), pauses.get(), sessions.get(), usedHeap() / 1e6);
            }
            subscription.close();
        }
    }

    private void count(ClientEvent event) {
        pauses.addAndGet(event instanceof ClientEvent.ReceivingPaused ? 1 : 0);
        sessions.addAndGet(event instanceof ClientEvent.SessionRenewed ? 1 : 0);
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
