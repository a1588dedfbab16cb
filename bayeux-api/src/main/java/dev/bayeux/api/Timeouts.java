package dev.bayeux.api;

import java.time.Duration;

/**
 * Limits how long a client waits. All values are more than zero and at most a year. Immutable.
 *
 * @param reply how long the server may stay silent while it owes a reply, after the time for which it holds a connect:
 *            until the first byte of the reply, and then from each part to the next (protocol.md C-98, C-99); default
 *            10 s
 * @param wholeReply how long one reply may take from its first byte to its last, however steadily it arrives; default 5
 *            min
 * @param send how long a message may wait to be sent, while there is no session or other messages are in flight;
 *            default 10 s
 * @param connect how long {@code connect()} tries, and how long making one connection may take; default 30 s
 * @param close how long {@code disconnect()} and {@code close()} wait for the server and for handlers; default 5 s
 * @param pause how long the client may go without asking the server for more while a queue is full
 *            ({@link Overflow#PAUSE}); shorter than the time after which the server forgets a session, which for CometD
 *            is 10 s by default, for Salesforce 40 s; default 5 s
 */
public record Timeouts(Duration reply, Duration wholeReply, Duration send, Duration connect, Duration close,
        Duration pause) {

    /** The defaults. */
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(5),
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5));

    /**
     * Rejects values that are not more than zero, or longer than a year.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Timeouts {
        check("reply", reply);
        check("wholeReply", wholeReply);
        check("send", send);
        check("connect", connect);
        check("close", close);
        check("pause", pause);
    }

    /**
     * Returns a copy with another limit for the server's silence.
     *
     * @param limit how long the server may stay silent while it owes a reply
     * @return timeouts
     */
    public Timeouts withReply(Duration limit) {
        return new Timeouts(limit, wholeReply, send, connect, close, pause);
    }

    /**
     * Returns a copy with another limit for a whole reply.
     *
     * @param limit how long one reply may take from its first byte to its last
     * @return timeouts
     */
    public Timeouts withWholeReply(Duration limit) {
        return new Timeouts(reply, limit, send, connect, close, pause);
    }

    /**
     * Returns a copy with another limit for messages that wait to be sent.
     *
     * @param limit how long a message may wait to be sent
     * @return timeouts
     */
    public Timeouts withSend(Duration limit) {
        return new Timeouts(reply, wholeReply, limit, connect, close, pause);
    }

    /**
     * Returns a copy with another limit for {@code connect()}.
     *
     * @param limit how long {@code connect()} tries
     * @return timeouts
     */
    public Timeouts withConnect(Duration limit) {
        return new Timeouts(reply, wholeReply, send, limit, close, pause);
    }

    /**
     * Returns a copy with another limit for {@code disconnect()} and {@code close()}.
     *
     * @param limit how long {@code disconnect()} and {@code close()} wait
     * @return timeouts
     */
    public Timeouts withClose(Duration limit) {
        return new Timeouts(reply, wholeReply, send, connect, limit, pause);
    }

    /**
     * Returns a copy with another limit for pauses.
     *
     * @param limit how long the client may pause while a queue is full
     * @return timeouts
     */
    public Timeouts withPause(Duration limit) {
        return new Timeouts(reply, wholeReply, send, connect, close, limit);
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                    "The timeout \"%s\" must be more than zero and at most a year: %s".formatted(name, value));
        }
    }
}
