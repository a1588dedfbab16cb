package dev.bayeux.transport.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.api.http.HttpSettings.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The idle timeout of a connection over which requests are held. */
@Tag("transport:jetty")
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LongPollingConnectorTest {

    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]".getBytes(US_ASCII);

    private static final long IDLE_MS = 1;

    private final CountingScheduler scheduler = new CountingScheduler();
    private final HttpClient client = DefaultClient.forHttp(new ClientSettings(Duration.ofSeconds(30), false,
            Version.HTTP_1_1, ProxySelector.of(null), Optional.empty(), Optional.empty()));
    private ServerSocket server;

    /** Counts tasks, and keeps those of the idle timeout until the test runs them. */
    private static final class CountingScheduler extends ScheduledExecutorScheduler {

        private final AtomicInteger tasks = new AtomicInteger();
        private final Queue<Runnable> idleChecks = new ConcurrentLinkedQueue<>();

        CountingScheduler() {
            super("timer", true, 1);
        }

        @Override
        public Scheduler.Task schedule(Runnable task, long delay, TimeUnit unit) {
            tasks.incrementAndGet();
            if (unit.toMillis(delay) > IDLE_MS) {
                return super.schedule(task, delay, unit);
            }
            idleChecks.add(task);
            return () -> idleChecks.remove(task);
        }

        void checkIdle() {
            for (int n = idleChecks.size(); n > 0; n--) {
                Runnable next = idleChecks.poll();
                if (next != null) {
                    next.run();
                }
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client.setScheduler(scheduler);
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        server.close();
    }

    private int status() throws Exception {
        return client.newRequest(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                .idleTimeout(0, TimeUnit.MILLISECONDS).send().getStatus();
    }

    /** Answers requests on one connection, each after the action; ends when the client closes the connection. */
    private CompletableFuture<String> serve(Runnable hold) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket connection = server.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
                String line = in.readLine();
                while (line != null) {
                    if (line.isEmpty()) {
                        hold.run();
                        connection.getOutputStream().write(ANSWER);
                    }
                    line = in.readLine();
                }
                return null;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    @Test
    void aRequestStartsNoTimer() throws Exception {
        client.start();
        serve(() -> {});
        assertEquals(200, status());
        int before = scheduler.tasks.get();
        int requests = 20;
        for (int n = 0; n < requests; n++) {
            assertEquals(200, status());
        }
        // On a busy machine the connection of the first request may set its timers late.
        int begun = scheduler.tasks.get() - before;
        assertTrue(begun < requests / 2, () -> "%d timers for %d requests".formatted(begun, requests));
    }

    @Test
    void theIdleTimeoutCountsOnlyBetweenRequests() throws Exception {
        client.setIdleTimeout(IDLE_MS);
        client.start();
        CompletableFuture<String> closed = serve(() -> {
            long begunNs = System.nanoTime();
            while (System.nanoTime() - begunNs < TimeUnit.MILLISECONDS.toNanos(20 * IDLE_MS)) {
                scheduler.checkIdle();
            }
        });
        assertEquals(200, status());
        while (!closed.isDone()) {
            scheduler.checkIdle();
        }
        assertNull(closed.get());
    }
}
