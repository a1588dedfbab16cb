package dev.bayeux.cli.ping;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The times of one message.
 *
 * @param number the number of the message, counted from 1
 * @param reply the time from the call until the server has accepted the message
 * @param delivery the time from the call until the message is back; empty if it was not back in time
 */
public record RoundTrip(int number, Duration reply, Optional<Duration> delivery) {

    /** {@return a duration in milliseconds, with two decimals below 10 ms, one below 100 ms, and none above} */
    static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
    }

    /** {@return this round trip as a line for people} */
    public String forPeople() {
        return "%4d  accepted after %s ms, back after %s".formatted(number, millis(reply),
                delivery.map(time -> millis(time) + " ms").orElse("never"));
    }

    /** {@return this round trip as JSON} */
    public String asJson() {
        return "{\"seq\":%d,\"acceptedMs\":%s,\"backMs\":%s}".formatted(number, millis(reply),
                delivery.map(RoundTrip::millis).orElse("null"));
    }
}
