package dev.bayeux.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which channels a pattern means. */
class DemoSessionTest {

    @ParameterizedTest
    @CsvSource({"/a, /a, true", "/a, /ab, false", "/a/*, /a/b, true", "/a/*, /a, false", "/a/*, /a/b/c, false",
            "/a/**, /a/b/c, true", "/a/**, /a, false", "/**, /a/b, true"})
    void patterns(String pattern, String channel, boolean matches) {
        assertEquals(matches, DemoSession.matches(pattern, channel));
    }
}
