package dev.bayeux.cli;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Explanation;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Publishes lines in their order. If one of several lines fails, the exception has the outcome of each. Skips blank
 * lines.
 */
final class LinePublisher {

    private final BayeuxClient client;
    private final String channel;
    private final Function<String, JsonValue> reader;
    private final Consumer<JsonValue> accepted;
    private long line;
    private long published;

    LinePublisher(BayeuxClient client, String channel, Function<String, JsonValue> reader) {
        this(client, channel, reader, message -> {});
    }

    /** Makes a publisher that passes each message to a consumer once the server has accepted it. */
    LinePublisher(BayeuxClient client, String channel, Function<String, JsonValue> reader,
            Consumer<JsonValue> accepted) {
        this.client = client;
        this.channel = channel;
        this.reader = reader;
        this.accepted = accepted;
    }

    long published() {
        return published;
    }

    /** Publishes the next lines in one batch. */
    void publish(List<String> lines) throws InterruptedException {
        List<JsonValue> values = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        BadInputException unreadable = null;
        for (String each : lines) {
            line++;
            if (each.isBlank()) {
                continue;
            }
            try {
                values.add(reader.apply(each));
                numbers.add(line);
            } catch (BadInputException wrong) {
                unreadable = new BadInputException("Line %d: %s%s".formatted(line, wrong.getMessage(), hint(each)));
                break;
            }
        }
        send(values, numbers);
        if (unreadable != null) {
            throw unreadable;
        }
    }

    /**
     * Returns a hint if the line begins an object or array, which may continue on the next line; otherwise an empty
     * text.
     */
    private static String hint(String line) {
        String text = line.strip();
        return text.startsWith("{") || text.startsWith("[")
                ? "; if one value is spread over several lines, \"jq -c .\" puts it on one"
                : "";
    }

    private void send(List<JsonValue> values, List<Long> numbers) throws InterruptedException {
        if (values.isEmpty()) {
            return;
        }
        try {
            client.batch(batch -> values.forEach(value -> batch.publish(channel, value)));
            published += values.size();
            values.forEach(accepted);
        } catch (BatchException failed) {
            Map<Integer, PublishException> failures = failed.failures();
            PublishException first = failures.values().iterator().next();
            throw new PublishException(first.kind(), first.outcome(), channel,
                    "%s: %s".formatted(new BatchReport(numbers, failures).text(),
                            Explanation.visible(String.valueOf(first.getMessage()))),
                    first.getCause());
        }
    }
}
