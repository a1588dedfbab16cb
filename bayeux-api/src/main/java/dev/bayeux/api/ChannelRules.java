package dev.bayeux.api;

import java.util.regex.Pattern;

/**
 * Says which channel names the client accepts (protocol.md 2.1). Servers differ, and may refuse a name that these rules
 * accept. Names are case-sensitive.
 */
public enum ChannelRules {

    /**
     * Accepts the grammar of Bayeux 1.0: segments of letters, digits and {@code - _ ! ~ ( ) $ @}. Faye accepts exactly
     * this.
     */
    STRICT(Pattern.compile("[A-Za-z0-9\\-_!~()$@]+"),
            "letters, digits and - _ ! ~ ( ) $ @ (channelRules may allow more)"),

    /**
     * Accepts what CometD accepts: also {@code # + . * { }} and, except at the end of the name, a space. The default.
     */
    COMETD(Pattern.compile("[A-Za-z0-9\\-_!~()$@ #+.{}*]+"),
            "letters, digits, space and - _ ! ~ ( ) $ @ # + . { } * (channelRules(LENIENT) allows more)"),

    /**
     * Accepts everything except control characters. Any number of slashes is allowed, as in the filtered topics of
     * Salesforce: {@code /topic/Orders?Region='EU'}.
     */
    LENIENT(Pattern.compile("\\P{Cntrl}*"), "anything but control characters");

    private final Pattern segment;
    private final String allowed;

    ChannelRules(Pattern segment, String allowed) {
        this.segment = segment;
        this.allowed = allowed;
    }

    /**
     * Checks a channel that is to be subscribed to.
     *
     * @param channel a name, or a pattern whose last segment is {@code *} or {@code **}
     * @throws IllegalArgumentException if it breaks these rules, is below {@code /meta/}, or has a wildcard of MQTT, unless
     *             the rules are {@link #LENIENT}; the text says where
     */
    public void checkSubscription(String channel) {
        check(channel, true);
    }

    /**
     * Checks a channel that is to be published to.
     *
     * @param channel a name
     * @throws IllegalArgumentException if it breaks these rules, is a pattern, has a wildcard of MQTT unless the rules are
     *             {@link #LENIENT}, or is below {@code /meta/}
     */
    public void checkPublish(String channel) {
        check(channel, false);
    }

    /**
     * Tells patterns from names.
     *
     * @param channel a channel
     * @return whether its last segment is {@code *} or {@code **}
     */
    public static boolean isPattern(String channel) {
        return channel.endsWith("/*") || channel.endsWith("/**");
    }

    private void check(String channel, boolean patternAllowed) {
        if (isPlain(channel)) {
            return;
        }
        if (channel.length() < 2 || channel.charAt(0) != '/') {
            throw invalid(channel, "it must start with a slash and name at least one segment");
        }
        if (channel.equals("/meta") || channel.startsWith("/meta/")) {
            throw invalid(channel, "channels below /meta/ belong to the protocol");
        }
        if (channel.equals("/service")) {
            throw invalid(channel, "/service is reserved; channels below it can be used");
        }
        if (channel.endsWith(" ") && this == COMETD) {
            // The server would deliver under the name without it, and no subscription has that name.
            throw invalid(channel, "the server would cut off the space at its end");
        }
        if (this != LENIENT && (channel.contains("/+/") || channel.endsWith("/+") || channel.endsWith("/#"))) {
            throw invalid(channel,
                    "+ and # are wildcards of MQTT and match nothing here; * at the end stands for one segment, ** for all that follow (channelRules(LENIENT) allows a segment of that name)");
        }
        String[] segments = channel.substring(1).split("/", -1);
        for (int n = 0; n < segments.length; n++) {
            String part = segments[n];
            boolean wildcard = part.equals("*") || part.equals("**");
            if (wildcard && n < segments.length - 1) {
                throw invalid(channel, "a wildcard can only be the last segment");
            }
            if (wildcard && !patternAllowed) {
                throw invalid(channel, "a pattern cannot be published to");
            }
            if (part.isEmpty() && this != LENIENT) {
                throw invalid(channel, "segment %d is empty".formatted(n + 1));
            }
            if (!wildcard && !segment.matcher(part).matches()) {
                throw invalid(channel,
                        "segment %d, \"%s\", has other characters than %s".formatted(n + 1, part, allowed));
            }
        }
    }

    /** Whether all rules allow it, as they do most names: seen in one pass, for each publish is checked. */
    private static boolean isPlain(String channel) {
        if (channel.startsWith("/meta") || channel.equals("/service")) {
            return false;
        }
        char before = 'a';
        for (int n = 0; n < channel.length(); n++) {
            char c = channel.charAt(n);
            boolean slash = c == '/';
            if (slash ? before == '/' : n == 0 || !isPlain(c)) {
                return false;
            }
            before = c;
        }
        return before != '/' && !channel.isEmpty();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static IllegalArgumentException invalid(String channel, String why) {
        return new IllegalArgumentException("Invalid channel \"%s\": %s.".formatted(channel, why));
    }
}
