package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRulesTest {

    private static String refusal(ChannelRules rules, String channel) {
        return assertThrows(IllegalArgumentException.class, () -> rules.checkSubscription(channel)).getMessage();
    }

    private static boolean accepts(ChannelRules rules, String channel) {
        try {
            rules.checkSubscription(channel);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/foo/bar", "/FOO/bar-_!~()$@/0", "/service/x", "/metadata", "/services", "/x/meta/y",
            "/x/service"})
    void namesOfTheSpecificationPassAllRules(String channel) {
        for (ChannelRules rules : ChannelRules.values()) {
            assertDoesNotThrow(() -> rules.checkSubscription(channel));
            assertDoesNotThrow(() -> rules.checkPublish(channel));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/**", "/foo/*", "/foo/bar/**", "/service/*"})
    void patternsCanBeSubscribedToAndNotPublishedTo(String channel) {
        for (ChannelRules rules : ChannelRules.values()) {
            assertDoesNotThrow(() -> rules.checkSubscription(channel));
            String text = assertThrows(IllegalArgumentException.class, () -> rules.checkPublish(channel)).getMessage();
            assertTrue(text.contains("pattern cannot be published to"), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/+", "/a/+/b", "/a/#", "/#", "/+"})
    void wildcardsOfMqttAreRefusedWithTheOnesOfBayeux(String channel) {
        for (ChannelRules rules : List.of(ChannelRules.STRICT, ChannelRules.COMETD)) {
            assertTrue(refusal(rules, channel).contains("* at the end stands for one segment, ** for all that follow"));
        }
        assertTrue(accepts(ChannelRules.LENIENT, channel));
        assertTrue(accepts(ChannelRules.COMETD, channel.replace("+", "a+b").replace("#", "#1")));
        assertThrows(IllegalArgumentException.class, () -> ChannelRules.COMETD.checkPublish(channel));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a", "foo/bar", " /a", "http://x", "*", "**"})
    void withoutASlashAndASegmentItIsNoChannel(String channel) {
        for (ChannelRules rules : ChannelRules.values()) {
            assertTrue(refusal(rules, channel).contains("must start with a slash"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/meta", "/meta/", "/meta/connect", "/meta/*", "/meta/**"})
    @Tag("C-57")
    void metaBelongsToTheProtocol(String channel) {
        for (ChannelRules rules : ChannelRules.values()) {
            assertTrue(refusal(rules, channel).contains("belong to the protocol"));
            assertThrows(IllegalArgumentException.class, () -> rules.checkPublish(channel));
        }
    }

    @ParameterizedTest
    @EnumSource(ChannelRules.class)
    void bareServiceIsReserved(ChannelRules rules) {
        assertTrue(refusal(rules, "/service").contains("reserved"));
        assertThrows(IllegalArgumentException.class, () -> rules.checkPublish("/service"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*/bar", "/**/bar", "/foo/**/x", "/*/*"})
    void wildcardsStandAtTheEndOnly(String channel) {
        for (ChannelRules rules : ChannelRules.values()) {
            assertTrue(refusal(rules, channel).contains("can only be the last segment"));
        }
    }

    @ParameterizedTest(name = "\"{0}\": strict {1}, cometd {2}, lenient {3}")
    @CsvSource(quoteCharacter = '`', value = {"/a b,false,true,true", "/a#+.{}*,false,true,true",
            "/foo/b*,false,true,true", "/foo/***,false,true,true", "/{name}/x,false,true,true",
            "/\u00e9,false,false,true", "/a?b=c&d,false,false,true", "/topic/Orders?Region='EU',false,false,true",
            "/a//b,false,false,true", "/a/,false,false,true", "//,false,false,true", "`/a `,false,false,true",
            "`/a/ /b`,false,true,true", "/a:b,false,false,true", "/a\\b,false,false,true"})
    void theRulesDiffer(String channel, boolean strict, boolean cometd, boolean lenient) {
        assertEquals(strict, accepts(ChannelRules.STRICT, channel));
        assertEquals(cometd, accepts(ChannelRules.COMETD, channel));
        assertEquals(lenient, accepts(ChannelRules.LENIENT, channel));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\nb", "/a\u0000", "/\r", "/a\u007f", "/a\t"})
    void controlCharactersPassNoRules(String channel) {
        for (ChannelRules rules : ChannelRules.values()) {
            assertFalse(accepts(rules, channel));
        }
    }

    @Test
    void theTextNamesThePlaceAndTheAllowedCharacters() {
        assertEquals("Invalid channel \"/a/\": segment 2 is empty.", refusal(ChannelRules.STRICT, "/a/"));
        assertEquals("Invalid channel \"/a/b c\": segment 2, \"b c\", has other characters than letters, digits and "
                + "- _ ! ~ ( ) $ @ (channelRules may allow more).", refusal(ChannelRules.STRICT, "/a/b c"));
        assertTrue(refusal(ChannelRules.COMETD, "/a?b").contains("channelRules(LENIENT) allows more"));
        assertTrue(refusal(ChannelRules.COMETD, "/a ").contains("cut off the space"));
    }

    @Test
    void tellsPatternsFromNames() {
        assertTrue(ChannelRules.isPattern("/*"));
        assertTrue(ChannelRules.isPattern("/a/**"));
        assertFalse(ChannelRules.isPattern("/a*"));
        assertFalse(ChannelRules.isPattern("*"));
        assertFalse(ChannelRules.isPattern("/a/***"));
    }
}
