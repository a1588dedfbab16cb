package dev.bayeux.benchmarks.client;

import java.util.Map;

/** What is published. */
final class Samples {

    private static final String NOTE = "some text of the event ".repeat(6);

    private Samples() {
    }

    /** {@return data of about 200 characters} */
    static Map<String, Object> data(int number) {
        return Map.of("n", number, "symbol", "ABCD" + number % 10, "bid", number + 0.25, "open", true, "note", NOTE);
    }
}
