package dev.bayeux.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.Advice;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An advice: whatever the server sends, no time is longer than a week, and only an interval is negative (C-30). */
public final class AdviceFuzz {

    private static final MessageReader READER = new MessageReader(Json.find());
    private static final long WEEK_MS = TimeUnit.DAYS.toMillis(7);

    private AdviceFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (IncomingMessage message : READER.read("[{\"advice\":" + text + "}]", "long-polling").messages()) {
            Advice advice = message.advice();
            if (advice != null) {
                assertBetween(-1, advice.intervalMs(), text);
                assertBetween(0, advice.timeoutMs(), text);
                assertBetween(0, advice.maxIntervalMs(), text);
            }
        }
    }

    private static void assertBetween(long least, @Nullable Long time, String text) {
        assertTrue(time == null || time >= least && time <= WEEK_MS, text);
    }
}
