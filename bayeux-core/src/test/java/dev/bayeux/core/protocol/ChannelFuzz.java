package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ChannelRules;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A channel to subscribe to and, after a zero, the channel of a message: the rules are as strict as they say, and the lookup
 * of routes finds what the definition of matching says (protocol.md 2.1 and 2.3).
 */
public final class ChannelFuzz {

    private static final Pattern STRICT = Pattern
            .compile("(/[A-Za-z0-9\\-_!~()$@]+)*/([A-Za-z0-9\\-_!~()$@]+|\\*\\*?)");

    private ChannelFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String[] channels = new String(input, StandardCharsets.UTF_8).split("\0", 2);
        String pattern = channels[0];
        checkRules(pattern);
        if (channels.length == 2 && allows(ChannelRules.LENIENT::checkSubscription, pattern)) {
            String channel = channels[1];
            assertEquals(matches(pattern, channel), Routes.matches(pattern, channel));
        }
    }

    private static void checkRules(String channel) {
        boolean wider = true;
        for (ChannelRules rules : new ChannelRules[]{ChannelRules.LENIENT, ChannelRules.COMETD, ChannelRules.STRICT}) {
            boolean subscribe = allows(rules::checkSubscription, channel);
            assertTrue(wider || !subscribe, channel);
            assertEquals(subscribe && !ChannelRules.isPattern(channel), allows(rules::checkPublish, channel), channel);
            wider = subscribe;
        }
        boolean reserved = (channel + "/").startsWith("/meta/") || channel.equals("/service");
        assertEquals(STRICT.matcher(channel).matches() && !reserved, wider, channel);
    }

    private static boolean allows(Consumer<String> check, String channel) {
        try {
            check.accept(channel);
            return true;
        } catch (IllegalArgumentException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank());
            return false;
        }
    }

    private static boolean matches(String pattern, String channel) {
        String[] p = pattern.split("/", -1);
        String[] c = channel.split("/", -1);
        String last = p[p.length - 1];
        if (isWild(c[c.length - 1]) && c.length > 1 || !isWild(last)) {
            return pattern.equals(channel);
        }
        boolean longEnough = last.equals("*") ? c.length == p.length : c.length >= p.length;
        return longEnough && Arrays.equals(p, 0, p.length - 1, c, 0, p.length - 1);
    }

    private static boolean isWild(String segment) {
        return segment.equals("*") || segment.equals("**");
    }
}
