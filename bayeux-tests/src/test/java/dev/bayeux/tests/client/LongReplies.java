package dev.bayeux.tests.client;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Observation;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.interop.Http;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server whose replies are as long as a client accepts, and a program that publishes and asks for the state meanwhile.
 * Prints a line for each kind of reply: how long the calls of the program took at most, and how much heap the process had in
 * use, garbage and the server's copies included.
 */
final class LongReplies {

    /** A little less than the default of {@code maxReplyBytes}. */
    private static final int BYTES = 15_000_000;
    private static final int MESSAGES = 99_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The elements of a reply before the reply to the connect. */
    enum Kind {
        EMPTY_OBJECTS(BYTES / 3, n -> "{},"),

        NUMBERS(BYTES / 2, n -> "1,"),

        ARRAYS_IN_ARRAYS(1, n -> "[".repeat(BYTES / 2) + "]".repeat(BYTES / 2) + ","),

        FIELDS(1, n -> "{\"channel\":\"/foo\"" + ",\"a\":1".repeat(BYTES / 6) + "},"),

        ONE_TEXT(1, n -> "{\"channel\":\"/foo\",\"data\":\"" + "x".repeat(BYTES) + "\"},"),

        DELIVERIES(MESSAGES, n -> "{\"channel\":\"/foo\",\"data\":{\"n\":%d,\"text\":\"%s\"}},".formatted(n,
                "x".repeat(100))),

        OF_ANY_CHANNEL(MESSAGES, n -> "{\"channel\":\"/any/%d\",\"data\":{\"text\":\"%s\"}},".formatted(n,
                "x".repeat(100))),

        ADVICE(MESSAGES,
                n -> "{\"channel\":\"/any\",\"data\":1,\"advice\":{\"interval\":0,\"hosts\":[\"a.example\"]}},"),

        REFUSALS(MESSAGES, n -> ("{\"channel\":\"/meta/subscribe\",\"id\":\"no%d\",\"successful\":false,"
                + "\"error\":\"403::%s\"},").formatted(n, "x".repeat(80))),

        NO_JSON(MESSAGES, n -> "{\"channel\":\"/foo\",\"data\":Infinity,\"text\":\"%s\"},".formatted("x".repeat(90)));

        private final int count;
        private final IntFunction<String> element;

        Kind(int count, IntFunction<String> element) {
            this.count = count;
            this.element = element;
        }

        /** The usual reply with these elements before its own. */
        byte[] before(byte[] usual) {
            StringBuilder text = new StringBuilder(BYTES + 1_000).append('[');
            for (int n = 0; n < count; n++) {
                text.append(element.apply(n));
            }
            return text.append(new String(usual, StandardCharsets.UTF_8).substring(1)).toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private final Http http;
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    private LongReplies(Http http) {
        this.http = http;
    }

    /** The first argument names a transport, each other one a kind of reply. */
    public static void main(String[] arguments) throws InterruptedException {
        for (int n = 1; n < arguments.length; n++) {
            System.out.println(new LongReplies(Http.valueOf(arguments[0])).measure(Kind.valueOf(arguments[n])));
        }
    }

    private String measure(Kind kind) throws InterruptedException {
        try (ScriptedBayeux server = ScriptedBayeux.start();
                BayeuxClient client = BayeuxClient.builder(server.uri()).transports(http.provider())
                        .sendTimeout(PATIENCE).replyTimeout(PATIENCE)
                        .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(50)))
                        .observation(Observation.DEFAULT.withoutLogging()).onEvent(this::told).build()) {
            server.connectionTypes("websocket", "long-polling");
            server.withoutCookies();
            client.connect();
            client.subscribe("/foo", message -> {
                // Only the delivery to this handler is measured.
            });
            server.awaitHeldConnects(1, PATIENCE);
            int connects = server.messages("/meta/connect").size();
            int[] bytes = {0};
            server.next("/meta/connect").change(usual -> {
                byte[] body = kind.before(usual.body());
                bytes[0] = body.length;
                return usual.body(body);
            });
            server.answerHeldConnects("{}");
            awaitConnects(server, connects + 1);
            server.awaitHeldConnects(1, PATIENCE);
            client.publish("/bar", 0);
            System.gc();
            pools().forEach(MemoryPoolMXBean::resetPeakUsage);
            Calls publishing = new Calls("publishing", () -> client.publish("/bar", 1));
            Calls asking = new Calls("asking", client::isReady);
            long beganNs = System.nanoTime();
            server.answerHeldConnects("{}");
            awaitConnects(server, connects + 2);
            long wholeNs = System.nanoTime() - beganNs;
            over.set(true);
            long publishNs = publishing.longestNs();
            long askNs = asking.longestNs();
            client.publish("/bar", 2);
            long heap = pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
            return String.format(Locale.ROOT,
                    "%s %s: %.1f MB, taken after %d ms; publish took %d ms at most (%d calls), isReady %d ms; heap %d MB; %d events; %s",
                    http, kind, bytes[0] / 1e6, ms(wholeNs), ms(publishNs), publishing.count, ms(askNs), heap >> 20,
                    told.get(), client.state().status());
        }
    }

    private static void awaitConnects(ScriptedBayeux server, int count) throws InterruptedException {
        while (server.messages("/meta/connect").size() < count) {
            server.takeMessage("/meta/connect", PATIENCE);
        }
    }

    private void told(ClientEvent event) {
        told.incrementAndGet();
    }

    private static long ms(long ns) {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }

    private static Stream<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    /** One call after the other, until the reply is taken. */
    private final class Calls {

        private final Thread thread;
        private volatile @Nullable Exception failure;
        private volatile long longestNs;
        private volatile int count;

        Calls(String name, Callable<?> call) {
            thread = Thread.ofVirtual().name(name).start(() -> {
                while (!over.get() && failure == null) {
                    long beganNs = System.nanoTime();
                    try {
                        call.call();
                    } catch (Exception failed) {
                        failure = failed;
                    }
                    longestNs = Math.max(longestNs, System.nanoTime() - beganNs);
                    count = count + 1;
                    LockSupport.parkNanos(100_000);
                }
            });
        }

        long longestNs() throws InterruptedException {
            if (!thread.join(PATIENCE)) {
                throw new IllegalStateException("A call does not end.");
            }
            if (failure != null) {
                throw new IllegalStateException("A call has failed.", failure);
            }
            return longestNs;
        }
    }
}
