package dev.bayeux.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pattern matches channels. */
class WildcardTest {

    @ParameterizedTest
    @CsvSource({"/a, /a, true", "/a, /ab, false", "/a/*, /a/b, true", "/a/*, /a, false", "/a/*, /a/b/c, false",
            "/a/**, /a/b/c, true", "/a/**, /a, false", "/**, /a/b, true"})
    void aPatternMatchesTheChannelsBelowIt(String pattern, String channel, boolean matches) {
        assertEquals(matches, Wildcard.of(pattern).matches(channel));
    }
}
