package dev.bayeux.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments with non-ASCII characters are decoded in locales that have only ASCII. */
class RawArgumentsTest {

    private static final Charset ASCII = StandardCharsets.US_ASCII;

    @TempDir
    private Path folder;

    private Path commandLine(String text, Charset charset) throws Exception {
        return Files.write(folder.resolve("cmdline"), text.getBytes(charset));
    }

    @Test
    void theBytesOfTheSystemAreDecodedAsUtf8() throws Exception {
        Path line = commandLine("java\0-m\0x\0pub\0Zo\u00eb \ud83d\ude00\0\0", StandardCharsets.UTF_8);
        assertArrayEquals(new String[]{"pub", "Zo\u00eb \ud83d\ude00", ""},
                RawArguments.of(ASCII, line, "pub", "Zo\ufffd\ufffd ????", ""));
    }

    @Test
    void argumentsThatAreNotUtf8AreRejected() throws Exception {
        Path line = commandLine("java\0Zo\u00eb\0", StandardCharsets.ISO_8859_1);
        assertThrows(IllegalArgumentException.class, () -> RawArguments.of(ASCII, line, "Zo\ufffd"));
    }

    @Test
    void withoutTheBytesNonAsciiArgumentsAreRejected() {
        Path nowhere = folder.resolve("nowhere");
        assertThrows(IllegalArgumentException.class, () -> RawArguments.of(ASCII, nowhere, "Zo\ufffd"));
        assertArrayEquals(new String[]{"Zoe"}, RawArguments.of(ASCII, nowhere, "Zoe"));
    }

    @Test
    void inOtherLocalesTheJvmHasDecodedTheArguments() {
        assertArrayEquals(new String[]{"Zo\u00eb"},
                RawArguments.of(StandardCharsets.ISO_8859_1, folder.resolve("nowhere"), "Zo\u00eb"));
    }
}
