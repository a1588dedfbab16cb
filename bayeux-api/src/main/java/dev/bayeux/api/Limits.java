package dev.bayeux.api;

/**
 * Sets how much a client keeps in memory, and the size of requests and replies. All values are more than zero.
 * Immutable; each {@code with} method returns a copy.
 */
public final class Limits {

    /** The defaults. */
    public static final Limits DEFAULT = new Limits(new Values(16 << 20, 131_072, 10_000, 10_000, 100_000));

    private record Values(int maxReplyBytes, int maxRequestBytes, int maxQueuedMessages, int maxWaitingMessages,
            int maxReplyMessages) {

        Values {
            check("maxReplyBytes", maxReplyBytes);
            check("maxRequestBytes", maxRequestBytes);
            check("maxQueuedMessages", maxQueuedMessages);
            check("maxWaitingMessages", maxWaitingMessages);
            check("maxReplyMessages", maxReplyMessages);
        }
    }

    private final Values values;

    private Limits(Values values) {
        this.values = values;
    }

    /**
     * Returns a copy with another limit for a reply.
     *
     * @param bytes the most bytes of one answer of the server
     * @return limits
     * @throws IllegalArgumentException if the limit is not more than zero; also below
     */
    public Limits withMaxReplyBytes(int bytes) {
        return new Limits(new Values(bytes, values.maxRequestBytes, values.maxQueuedMessages,
                values.maxWaitingMessages, values.maxReplyMessages));
    }

    /**
     * Returns a copy with another limit for a request.
     *
     * @param bytes the most bytes of one request, unless a single message is larger
     * @return limits
     */
    public Limits withMaxRequestBytes(int bytes) {
        return new Limits(new Values(values.maxReplyBytes, bytes, values.maxQueuedMessages, values.maxWaitingMessages,
                values.maxReplyMessages));
    }

    /**
     * Returns a copy with another limit for messages to be sent.
     *
     * @param messages the most messages that wait to be sent
     * @return limits
     */
    public Limits withMaxQueuedMessages(int messages) {
        return new Limits(new Values(values.maxReplyBytes, values.maxRequestBytes, messages,
                values.maxWaitingMessages, values.maxReplyMessages));
    }

    /**
     * Returns a copy with another limit for received messages.
     *
     * @param messages the most received messages that wait in one subscription
     * @return limits
     */
    public Limits withMaxWaitingMessages(int messages) {
        return new Limits(new Values(values.maxReplyBytes, values.maxRequestBytes, values.maxQueuedMessages, messages,
                values.maxReplyMessages));
    }

    /**
     * Returns a copy with another limit for the messages of a reply. Without positions, a paused subscription takes as many
     * beyond the limit of its queue ({@link Overflow#PAUSE}).
     *
     * @param messages the most messages of one answer of the server
     * @return limits
     */
    public Limits withMaxReplyMessages(int messages) {
        return new Limits(new Values(values.maxReplyBytes, values.maxRequestBytes, values.maxQueuedMessages,
                values.maxWaitingMessages, messages));
    }

    /** {@return the most bytes of one answer of the server; default 16 MiB} */
    public int maxReplyBytes() {
        return values.maxReplyBytes;
    }

    /**
     * {@return the most bytes of one request, unless a single message is larger; default 131,072} Requests to a server begin
     * with at most 32,768, which Salesforce and CometD accept (protocol.md C-53). Over HTTP this size doubles while more
     * messages wait than fit and the server answers; it shrinks when the server refuses a request as too long. Over
     * WebSocket it remains.
     */
    public int maxRequestBytes() {
        return values.maxRequestBytes;
    }

    /**
     * {@return the most messages that wait to be sent; a further message fails as not sent; default 10,000} Calls that wait for
     * the answer to an earlier one ({@link BayeuxClient#call(String, Object)}) are counted apart, with the same limit.
     */
    public int maxQueuedMessages() {
        return values.maxQueuedMessages;
    }

    /**
     * {@return the most received messages that wait in one subscription, unless {@link SubscriptionBuilder#queue} sets
     * another limit; default 10,000}
     */
    public int maxWaitingMessages() {
        return values.maxWaitingMessages;
    }

    /**
     * {@return the most messages of one answer of the server; an answer with more is too large. Elements that are not
     * messages do not count. Default 100,000}
     */
    public int maxReplyMessages() {
        return values.maxReplyMessages;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limits limits && limits.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "Limits[maxReplyBytes=%d, maxRequestBytes=%d, maxQueuedMessages=%d, maxWaitingMessages=%d, maxReplyMessages=%d]"
                .formatted(values.maxReplyBytes, values.maxRequestBytes, values.maxQueuedMessages,
                        values.maxWaitingMessages, values.maxReplyMessages);
    }

    private static void check(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The limit \"%s\" must be more than zero: %d".formatted(name, value));
        }
    }
}
