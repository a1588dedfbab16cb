package dev.bayeux.cli.options;

import dev.bayeux.api.ChannelRules;

/**
 * A channel, or a pattern as subscriptions have it.
 *
 * @param text such as {@code /stock/*}
 */
public record Wildcard(String text) {

    /**
     * Reads one.
     *
     * @param text a channel or a pattern
     * @return to match channels with
     * @throws IllegalArgumentException if it is neither
     */
    public static Wildcard of(String text) {
        ChannelRules.LENIENT.checkSubscription(text);
        return new Wildcard(text);
    }

    /**
     * {@return whether a channel is meant}
     *
     * @param channel no pattern
     */
    public boolean matches(String channel) {
        if (text.endsWith("/**")) {
            return channel.startsWith(text.substring(0, text.length() - 2));
        }
        if (text.endsWith("/*")) {
            String parent = text.substring(0, text.length() - 1);
            return channel.startsWith(parent) && channel.indexOf('/', parent.length()) < 0;
        }
        return text.equals(channel);
    }
}
