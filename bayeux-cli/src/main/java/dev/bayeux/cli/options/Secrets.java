package dev.bayeux.cli.options;

import dev.bayeux.api.Credentials;
import dev.bayeux.cli.console.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads headers and tokens. Nothing of what they say gets into a message. */
final class Secrets {

    private Secrets() {
    }

    /** Headers as {@code NAME: VALUE}, or {@code @FILE} with one a line. */
    static Map<String, String> headers(List<String> options) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String option : options) {
            List<String> lines = option.startsWith("@")
                    ? read(Path.of(option.substring(1))).lines().toList()
                    : List.of(option);
            lines.stream().filter(line -> !line.isBlank()).forEach(line -> add(headers, line));
        }
        return headers;
    }

    private static void add(Map<String, String> headers, String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("A header has the form 'NAME: VALUE'; one that was given has no colon.");
        }
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }

    /** The token in a file, its first line that is not blank. */
    static Credentials bearer(Path file) {
        String token = read(file).lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst()
                .orElseThrow(() -> new BadInputException("The file %s holds no token.".formatted(file)));
        return Credentials.bearer(token);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new BadInputException("The file %s cannot be read (%s).".formatted(file,
                    failed.getClass().getSimpleName()));
        }
    }
}
