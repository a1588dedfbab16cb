package dev.bayeux.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException.Problem;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void plainTextStaysTheSameObject() {
        String text = "403::Zoë is denied, 東京";

        assertSame(text, SafeText.of(text));
        assertEquals("", SafeText.of(null));
    }

    @Test
    void makesControlBidiAndInvisibleCharactersVisible() {
        assertEquals("a\\nb\\r\\tc\\u001b[31md\\u0007", SafeText.of("a\nb\r\tc\u001b[31md\u0007"));
        assertEquals("\\u202eevil\\u202c\\u200b\\ufeff\\u2028\\u0085",
                SafeText.of("\u202eevil\u202c\u200b\ufeff\u2028\u0085"));
        assertEquals("\\ud800x", SafeText.of("\ud800x"));
        assertEquals("\\udb40\\udc41\\u3164\\ufe0f", SafeText.of("\udb40\udc41\u3164\ufe0f"));
    }

    @Test
    void cutsLongTextOnceWithItsLength() {
        String cut = SafeText.of("x".repeat(1_000_000));

        assertEquals(SafeText.MAX_CHARACTERS, cut.length());
        assertTrue(cut.endsWith("x... (1000000 characters)"), cut);
        assertSame(cut, SafeText.of(cut));
        assertTrue(SafeText.of("\u0000".repeat(400)).length() <= SafeText.MAX_CHARACTERS);
        assertTrue(SafeText.of("\ud83d\ude00".repeat(400), 101).startsWith("\ud83d\ude00"));
        assertFalse(SafeText.of("\ud83d\ude00".repeat(400), 101).contains("\\u"));
        assertThrows(IllegalArgumentException.class, () -> SafeText.of("x", 39));
    }

    @Test
    void exceptionsShowCleanTextOfBoundedLength() {
        RefusedException refused = new RefusedException(FailureKind.PERMANENT, "/a\n2026 ERROR forged",
                ServerError.parse("400:a\u001b[2J:" + "x".repeat(1_000_000)), JsonValue.EMPTY_JSON_OBJECT);

        assertTrue(refused.getMessage().startsWith("The server refused /a\\n2026 ERROR forged: 400:a\\u001b[2J:xxx"),
                refused::getMessage);
        assertTrue(refused.getMessage().length() < 700, refused::getMessage);
        assertEquals(SafeText.MAX_CHARACTERS, refused.error().text().length());
        assertEquals(SafeText.MAX_MESSAGE_CHARACTERS,
                new MalformedMessageException("y".repeat(9_999), null).getMessage().length());
        assertEquals(10, new ServerError(OptionalInt.empty(), "a,".repeat(999).lines()
                .flatMap(line -> List.of(line.split(",")).stream()).toList(), "").args().size());
    }

    @Test
    void causesOfHttpStacksAreCutAndHideHeadersWithSecrets() {
        IOException dump = new IOException("Connection{" + "z".repeat(3_000) + "}",
                new IllegalStateException("Bad header Set-Cookie: i=SECRET\u0007; Path=/"));
        TransportException lost = new TransportException(Problem.LOST, "Lost.", dump);
        Throwable shown = lost.getCause();

        assertTrue(shown.toString().startsWith("java.io.IOException: Connection{zzz"), shown::toString);
        assertTrue(shown.getMessage().length() <= SafeText.MAX_CHARACTERS, shown::getMessage);
        assertEquals(dump.getStackTrace()[0], shown.getStackTrace()[0]);
        assertEquals("java.lang.IllegalStateException: Bad header Set-Cookie: ***", shown.getCause().toString());
    }

    @Test
    void aCauseThatCanBeShownIsKept() {
        ConnectException refused = new ConnectException("Connection refused");

        assertSame(refused, new TransportException(Problem.NOT_CONNECTED, "No.", refused).getCause());
        IOException nothing = new IOException();
        assertSame(nothing, new TransportException(Problem.LOST, "No.", nothing).getCause());
    }

    @Test
    void causesThatFormACircleEnd() {
        IOException one = new IOException("one\n");
        IOException other = new IOException("other\n", one);
        one.initCause(other);

        assertEquals("one\\n", new TransportException(Problem.LOST, "No.", one).getCause().getMessage());
    }
}
