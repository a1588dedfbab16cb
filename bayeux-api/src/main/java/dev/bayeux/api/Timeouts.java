package dev.bayeux.api;

import java.time.Duration;

/**
 * Limits how long a client waits. All values are more than zero and at most a year. Immutable; each {@code with} method
 * returns a copy.
 */
public final class Timeouts {

    /** The defaults. */
    public static final Timeouts DEFAULT = new Timeouts(new Values(Duration.ofSeconds(10), Duration.ofMinutes(5),
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(5),
            Duration.ofSeconds(5)));

    private record Values(Duration reply, Duration wholeReply, Duration send, Duration connectCall,
            Duration connection, Duration close, Duration pause) {

        Values {
            check("reply", reply);
            check("wholeReply", wholeReply);
            check("send", send);
            check("connectCall", connectCall);
            check("connection", connection);
            check("close", close);
            check("pause", pause);
        }
    }

    private final Values values;

    private Timeouts(Values values) {
        this.values = values;
    }

    /**
     * Returns a copy with another limit for the server's silence.
     *
     * @param limit how long the server may stay silent while it owes a reply
     * @return timeouts
     * @throws IllegalArgumentException if the limit is not more than zero, or longer than a year; also below
     */
    public Timeouts withReply(Duration limit) {
        return new Timeouts(new Values(limit, values.wholeReply, values.send, values.connectCall, values.connection,
                values.close, values.pause));
    }

    /**
     * Returns a copy with another limit for a whole reply.
     *
     * @param limit how long one reply may take from its first byte to its last
     * @return timeouts
     */
    public Timeouts withWholeReply(Duration limit) {
        return new Timeouts(new Values(values.reply, limit, values.send, values.connectCall, values.connection,
                values.close, values.pause));
    }

    /**
     * Returns a copy with another limit for messages that wait to be sent.
     *
     * @param limit how long a message may wait to be sent
     * @return timeouts
     */
    public Timeouts withSend(Duration limit) {
        return new Timeouts(new Values(values.reply, values.wholeReply, limit, values.connectCall, values.connection,
                values.close, values.pause));
    }

    /**
     * Returns a copy with another limit for {@code connect()}.
     *
     * @param limit how long one call of {@code connect()} may take, all its attempts together
     * @return timeouts
     */
    public Timeouts withConnectCall(Duration limit) {
        return new Timeouts(new Values(values.reply, values.wholeReply, values.send, limit, values.connection,
                values.close, values.pause));
    }

    /**
     * Returns a copy with another limit for one connection.
     *
     * @param limit how long opening one connection may take, TCP and TLS
     * @return timeouts
     */
    public Timeouts withConnection(Duration limit) {
        return new Timeouts(new Values(values.reply, values.wholeReply, values.send, values.connectCall, limit,
                values.close, values.pause));
    }

    /**
     * Returns a copy with another limit for {@code disconnect()} and {@code close()}.
     *
     * @param limit how long {@code disconnect()} and {@code close()} wait
     * @return timeouts
     */
    public Timeouts withClose(Duration limit) {
        return new Timeouts(new Values(values.reply, values.wholeReply, values.send, values.connectCall,
                values.connection, limit, values.pause));
    }

    /**
     * Returns a copy with another limit for pauses.
     *
     * @param limit how long the client may pause while a queue is full
     * @return timeouts
     */
    public Timeouts withPause(Duration limit) {
        return new Timeouts(new Values(values.reply, values.wholeReply, values.send, values.connectCall,
                values.connection, values.close, limit));
    }

    /**
     * {@return how long the server may stay silent while it owes a reply, after the time for which it holds a connect:
     * until the first byte of the reply, and then from each part to the next (protocol.md C-98, C-99); default 10 s}
     */
    public Duration reply() {
        return values.reply;
    }

    /**
     * {@return how long one reply may take from its first byte to its last, however steadily it arrives; default 5 min}
     */
    public Duration wholeReply() {
        return values.wholeReply;
    }

    /**
     * {@return how long a message may wait to be sent, while there is no session or other messages are in flight;
     * default 10 s}
     */
    public Duration send() {
        return values.send;
    }

    /**
     * {@return how long one call of {@code connect()} may take, all its attempts and the waits between them together;
     * default 30 s}
     */
    public Duration connectCall() {
        return values.connectCall;
    }

    /** {@return how long opening one connection may take, TCP and TLS; default 10 s} */
    public Duration connection() {
        return values.connection;
    }

    /** {@return how long {@code disconnect()} and {@code close()} wait for the server and for handlers; default 5 s.
     * {@code close()} then interrupts what still runs, and waits for it at most one second more} */
    public Duration close() {
        return values.close;
    }

    /**
     * Returns how long the client may go without asking the server for more while a queue is full
     * ({@link Overflow#PAUSE}). Must be shorter than the time after which the server forgets a session, which for CometD
     * is 10 s by default, for Salesforce 40 s.
     *
     * @return default 5 s
     */
    public Duration pause() {
        return values.pause;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timeouts timeouts && timeouts.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Timeouts[reply=%s, wholeReply=%s, send=%s, connectCall=%s, connection=%s, close=%s, pause=%s]"
                .formatted(values.reply, values.wholeReply, values.send, values.connectCall, values.connection,
                        values.close, values.pause);
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                    "The timeout \"%s\" must be more than zero and at most a year: %s".formatted(name, value));
        }
    }
}
