package dev.bayeux.api;

/**
 * Sets how much a client keeps in memory, and the size of requests and replies. All values are more than zero.
 * Immutable.
 *
 * @param maxReplyBytes the most bytes of one answer of the server; default 16 MiB
 * @param maxRequestBytes the most bytes of one request, unless a single message is larger; default 32,768, which
 *            Salesforce accepts (protocol.md C-53)
 * @param maxQueuedMessages the most messages that wait to be sent; a further message fails as not sent; default 10,000
 * @param maxWaitingMessages the most received messages that wait in one subscription, unless
 *            {@link SubscriptionBuilder#queue} sets another limit; default 10,000
 * @param maxReplyMessages the most messages of one answer of the server; an answer with more is too large. Elements
 *            that are not messages do not count. Default 100,000
 */
public record Limits(int maxReplyBytes, int maxRequestBytes, int maxQueuedMessages, int maxWaitingMessages,
        int maxReplyMessages) {

    /** The defaults. */
    public static final Limits DEFAULT = new Limits(16 << 20, 32_768, 10_000, 10_000, 100_000);

    /**
     * Rejects values that are not more than zero.
     *
     * @throws IllegalArgumentException if a value is not more than zero
     */
    public Limits {
        check("maxReplyBytes", maxReplyBytes);
        check("maxRequestBytes", maxRequestBytes);
        check("maxQueuedMessages", maxQueuedMessages);
        check("maxWaitingMessages", maxWaitingMessages);
        check("maxReplyMessages", maxReplyMessages);
    }

    /**
     * Returns a copy with another limit for a reply.
     *
     * @param bytes the most bytes of one answer of the server
     * @return limits
     */
    public Limits withMaxReplyBytes(int bytes) {
        return new Limits(bytes, maxRequestBytes, maxQueuedMessages, maxWaitingMessages, maxReplyMessages);
    }

    /**
     * Returns a copy with another limit for a request.
     *
     * @param bytes the most bytes of one request, unless a single message is larger
     * @return limits
     */
    public Limits withMaxRequestBytes(int bytes) {
        return new Limits(maxReplyBytes, bytes, maxQueuedMessages, maxWaitingMessages, maxReplyMessages);
    }

    /**
     * Returns a copy with another limit for messages to be sent.
     *
     * @param messages the most messages that wait to be sent
     * @return limits
     */
    public Limits withMaxQueuedMessages(int messages) {
        return new Limits(maxReplyBytes, maxRequestBytes, messages, maxWaitingMessages, maxReplyMessages);
    }

    /**
     * Returns a copy with another limit for received messages.
     *
     * @param messages the most received messages that wait in one subscription
     * @return limits
     */
    public Limits withMaxWaitingMessages(int messages) {
        return new Limits(maxReplyBytes, maxRequestBytes, maxQueuedMessages, messages, maxReplyMessages);
    }

    /**
     * Returns a copy with another limit for the messages of a reply.
     *
     * @param messages the most messages of one answer of the server
     * @return limits
     */
    public Limits withMaxReplyMessages(int messages) {
        return new Limits(maxReplyBytes, maxRequestBytes, maxQueuedMessages, maxWaitingMessages, messages);
    }

    private static void check(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The limit \"%s\" must be more than zero: %d".formatted(name, value));
        }
    }
}
