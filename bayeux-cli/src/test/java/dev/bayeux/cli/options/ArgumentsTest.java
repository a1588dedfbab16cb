package dev.bayeux.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.position.Position;
import dev.bayeux.cli.console.BadInputException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Arguments are parsed, and other texts rejected. */
class ArgumentsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "7, PT7S", "2m, PT2M", "1h, PT1H", "0, PT0S", "8760h, PT8760H",
            "0.5s, PT0.5S", ".5s, PT0.5S", "1.5h, PT1H30M", "1d, PT24H", "365d, PT8760H", "0.25ms, PT0.00025S"})
    void durationsAreParsed(String text, Duration meaning) {
        assertEquals(meaning, new DurationArgument().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1s", "1.s", "1w", "1 s", "366d", "99999999999s", "8761h", "3000000h",
            "999999999m"})
    void otherTextsAreNoDurations(String text) {
        assertThrows(TypeConversionException.class, () -> new DurationArgument().convert(text));
    }

    @Test
    void positionsAreParsed() {
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
    void addressesAreParsedAndShownWithoutSecrets() {
        assertEquals(URI.create("https://example.org:8443/cometd?a=1"),
                UrlArgument.read("wss://example.org:8443/cometd?a=1"));
        assertEquals(URI.create("http://[::1]:8080/faye"), UrlArgument.read("http://[::1]:8080/faye"));
        assertEquals("https://example.org:8443/cometd",
                UrlArgument.shown(URI.create("https://ann:secret@example.org:8443/cometd?token=secret")));
        assertEquals(URI.create("https://example.org/a@b"),
                UrlArgument.withoutUser(URI.create("https://ann:sec%40ret@example.org/a@b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://example.org", "http:///cometd", "not an address", "ann:secret@host/x"})
    void otherTextsAreNoAddresses(String text) {
        IllegalArgumentException failed = assertThrows(IllegalArgumentException.class, () -> UrlArgument.read(text));
        assertTrue(failed.getMessage().startsWith("This is no address"), failed.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080/cometd", "127.0.0.1:8080/cometd", "example.org", "[::1]:8080/faye",
            "localhost"})
    void anAddressWithoutASchemeGetsASuggestion(String text) {
        IllegalArgumentException failed = assertThrows(IllegalArgumentException.class, () -> UrlArgument.read(text));
        assertTrue(failed.getMessage().endsWith("Did you mean http://" + text + "?"), failed.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"10, PT0.1S", "10/s, PT0.1S", "600/m, PT0.1S", "0.5, PT2S", "36/h, PT100S"})
    void ratesAreParsed(String text, Duration pause) {
        assertEquals(pause, new RateArgument().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "fast", "1/d"})
    void otherTextsAreNoRates(String text) {
        assertThrows(TypeConversionException.class, () -> new RateArgument().convert(text));
    }

    @ParameterizedTest
    @CsvSource({"subb, sub", "pubs, pub", "prob, probe", "shel, shell", "--bearer-fil, --bearer-file",
            "--conut, --count"})
    void theNearestWordIsFound(String typed, String meant) {
        assertEquals(meant, Nearest.of(typed, List.of("sub", "pub", "probe", "ping", "shell", "--bearer-file",
                "--count")).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "x", "s3cr3t-t0ken"})
    void aDifferentWordHasNoNearestWord(String typed) {
        assertEquals(Optional.empty(), Nearest.of(typed, List.of("sub", "probe", "--count")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "null", "true", " { \"a\" : [ ] } ", "[1,2]", "-1.5e3"})
    void jsonIsParsed(String text) {
        assertEquals(text.replace(" ", ""), JsonArgument.parse(text).toString().replace("-1500", "-1.5e3")
                .replace("-1.5E+3", "-1.5e3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "{", "1 2", "1,2", "{\"a\":1}]", "'x'", "], [", "{\"a\" 1}"})
    void textThatIsNotJsonIsRejected(String text) {
        BadInputException failed = assertThrows(BadInputException.class, () -> JsonArgument.parse(text));
        assertTrue(failed.getMessage().startsWith("This is not JSON ("), failed.getMessage());
    }

    @Test
    void jsonNestedTooDeeplyIsRejected() {
        BadInputException failed = assertThrows(BadInputException.class,
                () -> JsonArgument.parse("[".repeat(2000) + "]".repeat(2000)));
        assertTrue(failed.getMessage().contains("nested"), failed.getMessage());
    }
}
