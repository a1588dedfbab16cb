package dev.bayeux.cli.ping;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One round trip.
 *
 * @param number counted from 1
 * @param reply from the call until the server has accepted the message
 * @param delivery from the call until the message is back; empty if it was not in time
 */
public record RoundTrip(int number, Duration reply, Optional<Duration> delivery) {

    /** {@return a duration in milliseconds, with as many decimals as say something} */
    static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
    }

    /** {@return this for people} */
    public String forPeople() {
        return "%4d  accepted after %s ms, back after %s".formatted(number, millis(reply),
                delivery.map(time -> millis(time) + " ms").orElse("never"));
    }

    /** {@return this as JSON} */
    public String asJson() {
        return "{\"seq\":%d,\"acceptedMs\":%s,\"backMs\":%s}".formatted(number, millis(reply),
                delivery.map(RoundTrip::millis).orElse("null"));
    }
}
