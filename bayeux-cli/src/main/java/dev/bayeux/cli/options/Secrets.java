package dev.bayeux.cli.options;

import dev.bayeux.cli.console.BadInputException;
import dev.bayeux.cli.console.Streams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads headers and tokens. No message repeats their values. */
final class Secrets {

    private Secrets() {
    }

    /**
     * Reads headers as {@code NAME: VALUE}, or {@code @FILE} with one a line. One text may have several, one a line.
     */
    static Map<String, String> headers(List<String> options, Streams streams) {
        Map<String, String> headers = new LinkedHashMap<>();
        options.stream().flatMap(String::lines).forEach(option -> {
            List<String> lines = option.startsWith("@")
                    ? InputFile.read(option.substring(1), streams).lines().toList()
                    : List.of(option);
            lines.stream().filter(line -> !line.isBlank()).forEach(line -> add(headers, line));
        });
        return headers;
    }

    private static void add(Map<String, String> headers, String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("A header has the form 'NAME: VALUE'; one that was given has no colon.");
        }
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }

    /** Returns the first line that is not blank. */
    static String firstLine(String text, String name) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst()
                .orElseThrow(() -> new BadInputException("The file %s holds no token.".formatted(name)));
    }
}
