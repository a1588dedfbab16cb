package dev.bayeux.api;

/**
 * How much is kept in memory. All are more than zero.
 *
 * @param maxReplyBytes the most bytes of one answer of the server; default 16 MiB
 * @param maxRequestBytes the most bytes of one request, unless a single message is larger; default 32,768, which
 *            Salesforce accepts (protocol.md C-53)
 * @param maxQueuedMessages the most messages that wait to be sent; one more fails as not sent; default 10,000
 * @param maxWaitingMessages the most received messages that wait in one subscription, unless it says otherwise; default
 *            10,000
 * @param maxReplyMessages the most messages of one answer of the server that are taken; the answer counts as too large if
 *            it holds more. Elements that are no messages do not count. Default 100,000
 */
public record Limits(int maxReplyBytes, int maxRequestBytes, int maxQueuedMessages, int maxWaitingMessages,
        int maxReplyMessages) {

    /** The defaults. */
    public static final Limits DEFAULT = new Limits(16 << 20, 32_768, 10_000, 10_000, 100_000);

    /** Refuses what is not more than zero. */
    public Limits {
        check("maxReplyBytes", maxReplyBytes);
        check("maxRequestBytes", maxRequestBytes);
        check("maxQueuedMessages", maxQueuedMessages);
        check("maxWaitingMessages", maxWaitingMessages);
        check("maxReplyMessages", maxReplyMessages);
    }

    /**
     * The same with another limit.
     *
     * @param bytes the most bytes of one answer of the server
     * @return limits
     */
    public Limits withMaxReplyBytes(int bytes) {
        return new Limits(bytes, maxRequestBytes, maxQueuedMessages, maxWaitingMessages, maxReplyMessages);
    }

    /**
     * The same with another limit.
     *
     * @param bytes the most bytes of one request, unless a single message is larger
     * @return limits
     */
    public Limits withMaxRequestBytes(int bytes) {
        return new Limits(maxReplyBytes, bytes, maxQueuedMessages, maxWaitingMessages, maxReplyMessages);
    }

    /**
     * The same with another limit.
     *
     * @param messages the most messages that wait to be sent
     * @return limits
     */
    public Limits withMaxQueuedMessages(int messages) {
        return new Limits(maxReplyBytes, maxRequestBytes, messages, maxWaitingMessages, maxReplyMessages);
    }

    /**
     * The same with another limit.
     *
     * @param messages the most received messages that wait in one subscription
     * @return limits
     */
    public Limits withMaxWaitingMessages(int messages) {
        return new Limits(maxReplyBytes, maxRequestBytes, maxQueuedMessages, messages, maxReplyMessages);
    }

    /**
     * The same with another limit.
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
