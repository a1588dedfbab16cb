package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines of the standard input are read ahead and decoded. */
class LinesTest {

    private static InputStream bytes(String text, Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }

    /** Reads lines of a pipe, while the output is a terminal with that charset. */
    private static Lines lines(InputStream in, Charset output) {
        return Lines.of(new Streams(in, OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false, true,
                true, output));
    }

    private static List<String> all(Lines lines) throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (List<String> some = lines.next(2); !some.isEmpty(); some = lines.next(2)) {
            all.addAll(some);
        }
        return all;
    }

    @Test
    void linesAreReadAheadAndReturnedTogether() throws Exception {
        Lines lines = lines(bytes("a\nb\nc", StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertEquals(Optional.of("a"), lines.next());
        assertEquals(List.of("b", "c"), all(lines));
        assertEquals(Optional.empty(), lines.next());
    }

    @Test
    void lineEndsOfAllSystemsEndALine() throws Exception {
        assertEquals(List.of("a", "", "b", "c", "", "d"),
                all(lines(bytes("a\n\nb\r\nc\r\rd\r\n", StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    }

    @Test
    void theInputIsUtf8WhateverTheCharsetOfTheOutput() throws Exception {
        assertEquals(List.of("\u00e4\u20ac"),
                all(lines(bytes("\u00e4\u20ac\n", StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aMalformedLineIsReportedWithItsNumberAndEarlierOnesAreKept() throws Exception {
        Lines lines = lines(bytes("a\n\nb\n\u00e4\nc\n", StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        List<String> good = new ArrayList<>();
        BadInputException thrown = assertThrows(BadInputException.class, () -> {
            while (good.addAll(lines.next(10))) {
                assertTrue(good.size() < 5, good::toString);
            }
        });
        assertEquals(List.of("a", "", "b"), good);
        assertEquals("Line 4 of the standard input is not UTF-8; iconv converts it.", thrown.getMessage());
    }

    @Test
    void linesBeforeAFailureAreNotLost() throws Exception {
        InputStream broken = new SequenceInputStream(bytes("a\n", StandardCharsets.UTF_8), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        });
        Lines lines = lines(broken, StandardCharsets.UTF_8);
        assertEquals(List.of("a"), lines.next(10));
        BadInputException thrown = assertThrows(BadInputException.class, () -> lines.next(10));
        assertTrue(thrown.getMessage().contains("gone"), thrown.getMessage());
    }
}
