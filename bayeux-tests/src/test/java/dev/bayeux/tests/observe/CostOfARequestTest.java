package dev.bayeux.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.LongPollingTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a small request over HTTP allocates beside what the HTTP client does: nothing that could be there already. */
class CostOfARequestTest {

    private static final int TIMES = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String BATCH = "[{\"channel\":\"/meta/connect\",\"id\":\"1\"}]";
    private static final String REPLY = "[{\"channel\":\"/meta/connect\",\"id\":\"1\",\"successful\":true}]";

    /** An HTTP client that has its answer at hand. */
    private record Ready(byte[] body, Map<String, List<String>> headers) implements HttpExchanger {

        @Override
        public HttpReply exchange(HttpCall call) {
            HttpReply reply = new HttpReply(200, headers);
            call.reply().begin(reply);
            call.reply().append(ByteBuffer.wrap(body));
            return reply;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    private static byte[] packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }

    /** Bytes for each request, once everything is loaded. */
    private static long bytes(HttpSettings settings, byte[] body, Map<String, List<String>> replyHeaders)
            throws InterruptedException {
        Map<String, String> own = Map.of("Authorization", "Bearer of.a.token", "X-Own", "1");
        try (LongPollingTransport transport = new LongPollingTransport(TransportContext
                .to(URI.create("https://a.host.example.com/cometd")).withHeaders(() -> own).withHttp(settings),
                new Ready(body, replyHeaders))) {
            send(transport);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            send(transport);
            return (THREADS.getCurrentThreadAllocatedBytes() - before) / TIMES;
        }
    }

    private static void send(LongPollingTransport transport) throws InterruptedException {
        for (int n = 0; n < TIMES; n++) {
            assertEquals(REPLY, transport.exchange(new Batch(BATCH, Duration.ofSeconds(10))));
        }
    }

    @Test
    void aSmallReplyThatIsPackedNeedsNoLargeBuffers() throws Exception {
        long bytes = bytes(HttpSettings.DEFAULT, packed(REPLY), Map.of("Content-Encoding", List.of("gzip")));
        // Unpacking allocates half a kilobyte more on Java 21 than on Java 25.
        assertTrue(bytes < 8_000, () -> "%d bytes for each request".formatted(bytes));
    }

    @Test
    void aTypeThatIsWrittenInAnotherWayIsReadOnce() throws Exception {
        long usual = bytes(HttpSettings.DEFAULT, REPLY.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", List.of("application/json")));
        long bytes = bytes(HttpSettings.DEFAULT, REPLY.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", List.of("application/json; charset=utf-8")));
        assertTrue(bytes < usual + 50, () -> "%d bytes for each request, %d without it".formatted(bytes, usual));
    }

    @Test
    void theServersOwnAddressIsComparedWithoutTexts() throws Exception {
        long bytes = bytes(HttpSettings.DEFAULT.withMessageTypeInUrl(true), REPLY.getBytes(StandardCharsets.UTF_8),
                Map.of());
        assertTrue(bytes < 4_000, () -> "%d bytes for each request".formatted(bytes));
    }
}
