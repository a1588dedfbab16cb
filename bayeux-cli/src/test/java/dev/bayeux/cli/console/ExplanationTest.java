package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.error.TransportException;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures are explained in terms of the command line. */
class ExplanationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Not connected within 30000 ms (connectCallTimeout).|Not connected within 30000 ms (--connect-timeout, or --retry).",
            "no answer within 10 ms (replyTimeout)|no answer within 10 ms (--timeout)",
            "characters (channelRules(LENIENT) allows more).|characters (--any-channel allows more).",
            "not followed; HttpSettings.withRedirects lets requests follow some|not followed; -L follows some",
            "it leads to an origin that HttpSettings.withRedirects does not allow, or|it leads to a server that --location-to does not name, or",
            "asks for credentials: set HttpSettings.withProxyLogin.|asks for credentials: use -x http://USER:PASSWORD@HOST:PORT.",
            "larger than 5 bytes; a larger maxReplyBytes would let it in.|larger than 5 bytes.",
            "The client is disconnected; connect() connects it.|The client is disconnected.",
            "failed: sun.security.provider.certpath.SunCertPathBuilderException: no path|failed: no path"})
    void settingsOfTheLibraryBecomeOptions(String said, String shown) {
        assertEquals(shown, Explanation.of(new IllegalStateException(said)));
    }

    @Test
    void aCauseWithoutATextIsLeftOut() {
        assertEquals("No connection.", Explanation.of(new IllegalStateException("No connection.",
                new java.net.ConnectException())));
    }

    @ParameterizedTest
    @CsvSource({"user\u202egnp.exe, user\\u202egnp.exe", "a\u200bb, a\\u200bb", "\ufeffx, \\ufeffx",
            "a\u2028b, a\\u2028b"})
    void deceptiveCharactersAreEscapedForPeople(String text, String shown) {
        assertEquals(shown, Explanation.visible(text));
        assertEquals('"' + shown + '"', JsonFormat.pretty('"' + text + '"', Palette.PLAIN));
        assertEquals('"' + text + '"', JsonFormat.compact('"' + text + '"'));
    }

    @Test
    void emojiAndAccentsAreNotChanged() {
        String family = "Zo\u00eb \ud83d\udc69\u200d\ud83d\udc67 \u0928\u094d\u200d\u0930";
        assertEquals(family, Explanation.visible(family));
    }

    @Test
    void hintsNameOptions() {
        assertTrue(Hint.of(new IllegalStateException(
                new TransportException(TransportException.Problem.UNTRUSTED, "no", null))).orElseThrow()
                .contains("--cacert"));
        assertTrue(Hint.of(new TransportException(TransportException.Problem.UNTRUSTED,
                "no: (bad_certificate) Received fatal alert: bad_certificate", null)).orElseThrow()
                .contains("-E FILE"));
        assertTrue(Hint.of(TransportException.ofStatus(407, null, "The proxy wants a login")).isEmpty());
        assertTrue(Hint.of(TransportException.ofStatus(401, null, "no")).orElseThrow().contains("--bearer-file"));
        assertTrue(Hint.of(TransportException.ofStatus(404, null, "no")).orElseThrow().contains("/cometd"));
        assertTrue(Hint.of(new IllegalStateException(refused("403::Authentication required"))).orElseThrow()
                .contains("--ext handshake,subscribe,publish="));
        assertTrue(Hint.of(refused("404::no such channel")).isEmpty());
        assertTrue(Hint.of(new IllegalStateException("no")).isEmpty());
    }

    private static RefusedException refused(String error) {
        return new RefusedException(FailureKind.PERMANENT, "/meta/subscribe", ServerError.parse(error),
                JsonValue.EMPTY_JSON_OBJECT);
    }
}
