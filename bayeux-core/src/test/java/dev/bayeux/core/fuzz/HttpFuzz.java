package dev.bayeux.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.http.LongPollingTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An HTTP response, cookies included: the transport makes a text of it or a failure of the house, and the next request
 * has no header that an HTTP stack would refuse.
 */
public final class HttpFuzz {

    private static final Pattern FIT_FOR_A_HEADER = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private HttpFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        RawResponse response = new RawResponse(new String(input, StandardCharsets.ISO_8859_1), FIT_FOR_A_HEADER);
        LongPollingTransport transport = response.transport();
        send(transport);
        send(transport);
        response.requested().forEach(headers -> headers.forEach((name, values) -> {
            for (String value : values) {
                assertTrue(FIT_FOR_A_HEADER.matcher(value).matches(), name);
            }
        }));
    }

    private static void send(LongPollingTransport transport) {
        try {
            assertNotNull(transport.exchange(new Batch("[]", Duration.ofSeconds(1))));
        } catch (BayeuxException failed) {
            assertNotNull(failed.kind());
        } catch (InterruptedException nobodyDid) {
            throw new AssertionError(nobodyDid);
        }
    }
}
