package dev.bayeux.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Inputs that are worth a look, one a line in a file that people can read: what is not printable stands there as
 * {@code \xNN}, and so does the backslash.
 */
final class Corpus {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "src", "test", "fuzz");

    private Corpus() {
    }

    static List<byte[]> of(FuzzTarget target) {
        try {
            return Files.readAllLines(FOLDER.resolve(target.title() + ".txt"), StandardCharsets.US_ASCII).stream()
                    .map(Corpus::bytes).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] bytes(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int n = 0; n < line.length(); n++) {
            if (line.startsWith("\\x", n)) {
                bytes.write(Integer.parseInt(line, n + 2, n + 4, 16));
                n += 3;
            } else {
                bytes.write(line.charAt(n));
            }
        }
        return bytes.toByteArray();
    }

    static String line(byte[] bytes) {
        StringBuilder line = new StringBuilder();
        for (byte b : bytes) {
            if (b >= ' ' && b < 0x7f && b != '\\') {
                line.append((char) b);
            } else {
                line.append("\\x%02x".formatted(b & 0xff));
            }
        }
        return line.toString();
    }
}
