package dev.bayeux.api;

import java.time.Duration;

/**
 * How long things may take. All are more than zero and at most a year.
 *
 * @param reply how long the server's answer may take, beyond the time for which it holds a connect: the network delay
 *            allowance (PROTOCOL C-98, C-99); default 10 s
 * @param send how long a message may wait to be sent, while there is no session or others are on their way; default 10 s
 * @param connect how long {@code connect()} tries, and how long making one connection may take; default 30 s
 * @param close how long {@code disconnect()} and {@code close()} wait for the server and for handlers; default 5 s
 */
public record Timeouts(Duration reply, Duration send, Duration connect, Duration close) {

    /** The defaults. */
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(30), Duration.ofSeconds(5));

    /** Refuses what is not more than zero, or longer than a year. */
    public Timeouts {
        check("reply", reply);
        check("send", send);
        check("connect", connect);
        check("close", close);
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                    "The timeout \"%s\" must be more than zero and at most a year: %s".formatted(name, value));
        }
    }
}
