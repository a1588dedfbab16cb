package dev.bayeux.benchmarks.codec;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages as servers send them. */
final class Samples {

    private Samples() {
    }

    /** Data of about 200 characters: numbers, texts, a list. */
    static String data(int number) {
        return """
                {"seq":%d,"symbol":"ABCD%d","bid":%d.25,"ask":%d.5,"open":true,"tags":["a","bc",null],"note":"%s"}"""
                .formatted(1_000_000 + number, number % 10, number, number, "some text of the event ".repeat(4));
    }

    /** The answer to a connect, after so many events. */
    static String reply(int events) {
        return IntStream.range(0, events)
                .mapToObj(n -> "{\"channel\":\"/prices/eu\",\"data\":" + data(n) + "},")
                .collect(Collectors.joining("", "[",
                        "{\"channel\":\"/meta/connect\",\"id\":\"42\",\"successful\":true}]"));
    }
}
