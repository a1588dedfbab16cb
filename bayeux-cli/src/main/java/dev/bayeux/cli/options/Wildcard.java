package dev.bayeux.cli.options;

import dev.bayeux.api.ChannelRules;

/**
 * A channel or a pattern, which matches channels.
 *
 * @param text the channel or pattern, such as {@code /stock/*}
 */
public record Wildcard(String text) {

    /**
     * Reads a channel or a pattern.
     *
     * @param text a channel or a pattern
     * @return the channel or pattern
     * @throws IllegalArgumentException if the text is neither
     */
    public static Wildcard of(String text) {
        ChannelRules.LENIENT.checkSubscription(text);
        return new Wildcard(text);
    }

    /**
     * {@return whether a channel matches}
     *
     * @param channel a channel, not a pattern
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
