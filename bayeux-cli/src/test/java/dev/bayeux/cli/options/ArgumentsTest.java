package dev.bayeux.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.position.Position;
import dev.bayeux.cli.console.BadInputException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What users write, and what it means. */
class ArgumentsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "7, PT7S", "2m, PT2M", "1h, PT1H", "0, PT0S", "8760h, PT8760H"})
    void durations(String text, Duration meaning) {
        assertEquals(meaning, new DurationArgument().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1s", "1.5s", "10d", "99999999999s", "8761h", "3000000h", "999999999m"})
    void noDurations(String text) {
        assertThrows(TypeConversionException.class, () -> new DurationArgument().convert(text));
    }

    @Test
    void positions() {
        assertEquals(Position.EARLIEST, new PositionArgument().convert("earliest"));
        assertEquals(Position.TIP, new PositionArgument().convert("TIP"));
        assertEquals(Position.EARLIEST, new PositionArgument().convert("-2"));
        assertEquals(Position.after(7), new PositionArgument().convert("7"));
        assertEquals(Position.after("AAAB-x9=="), new PositionArgument().convert("AAAB-x9=="));
        assertEquals(Position.after("7"), new PositionArgument().convert("\"7\""));
        assertThrows(TypeConversionException.class, () -> new PositionArgument().convert("-3"));
        assertThrows(TypeConversionException.class, () -> new PositionArgument().convert(""));
    }

    @Test
    void addresses() {
        assertEquals(URI.create("https://example.org:8443/cometd?a=1"),
                new UrlArgument().convert("wss://example.org:8443/cometd?a=1"));
        assertEquals(URI.create("http://[::1]:8080/faye"), new UrlArgument().convert("http://[::1]:8080/faye"));
        assertEquals("https://example.org:8443/cometd",
                UrlArgument.shown(URI.create("https://ann:secret@example.org:8443/cometd?token=secret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:8080/cometd", "ftp://example.org", "http:///cometd", "not an address"})
    void noAddresses(String text) {
        assertThrows(TypeConversionException.class, () -> new UrlArgument().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "null", "true", " { \"a\" : [ ] } ", "[1,2]", "-1.5e3"})
    void json(String text) {
        assertEquals(text.replace(" ", ""), JsonArgument.parse(text).toString().replace("-1500", "-1.5e3")
                .replace("-1.5E+3", "-1.5e3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "{", "1 2", "1,2", "{\"a\":1}]", "'x'", "], [", "{\"a\" 1}"})
    void noJson(String text) {
        BadInputException failed = assertThrows(BadInputException.class, () -> JsonArgument.parse(text));
        assertTrue(failed.getMessage().startsWith("This is not JSON ("), failed.getMessage());
    }

    @Test
    void jsonThatIsNestedTooDeeply() {
        BadInputException failed = assertThrows(BadInputException.class,
                () -> JsonArgument.parse("[".repeat(2000) + "]".repeat(2000)));
        assertTrue(failed.getMessage().contains("nested"), failed.getMessage());
    }
}
