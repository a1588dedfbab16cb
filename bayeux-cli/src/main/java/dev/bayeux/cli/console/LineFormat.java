package dev.bayeux.cli.console;

import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a received message in the user's format, as kcat and mosquitto_sub do: {@code %t} the time of receipt,
 * {@code %c} the channel, {@code %d} the data as JSON, {@code %s} the data with a text unquoted, {@code %r} the
 * replay id, {@code %i} the id, {@code %e} the {@code ext}, {@code %%} a percent sign, and {@code \n}, {@code \t},
 * {@code \\}.
 */
public final class LineFormat {

    private final List<Function<Received, String>> parts = new ArrayList<>();

    /**
     * Reads a format.
     *
     * @param format what the user wrote
     * @throws IllegalArgumentException if a letter after a percent sign has no meaning
     */
    public LineFormat(String format) {
        for (int n = 0; n < format.length(); n++) {
            char c = format.charAt(n);
            boolean more = n + 1 < format.length();
            if (c == '%' && more) {
                parts.add(field(format.charAt(++n)));
            } else if (c == '\\' && more && "nt\\".indexOf(format.charAt(n + 1)) >= 0) {
                char escaped = format.charAt(++n);
                String text = escaped == 'n' ? "\n" : escaped == 't' ? "\t" : "\\";
                parts.add(message -> text);
            } else {
                parts.add(message -> String.valueOf(c));
            }
        }
    }

    private static Function<Received, String> field(char name) {
        return switch (name) {
            case 't' -> message -> message.time().toString();
            case 'c' -> Received::channel;
            case 'd' -> message -> JsonFormat.compact(message.data());
            case 's' -> message -> raw(message);
            case 'r' -> Received::replayId;
            case 'i' -> Received::id;
            case 'e' -> message -> message.ext().isEmpty() ? "" : JsonFormat.compact(message.ext());
            case '%' -> message -> "%";
            default -> throw new IllegalArgumentException(
                    "--format: %%%s has no meaning; there are %%t time, %%c channel, %%d data as JSON, %%s data as text, %%r replay id, %%i id, %%e ext, %%%%"
                            .formatted(name));
        };
    }

    private static String raw(Received message) {
        return message.value() instanceof JsonString text ? text.getString() : JsonFormat.compact(message.data());
    }

    /** Writes one message in this format. */
    String format(Received message) {
        StringBuilder line = new StringBuilder();
        parts.forEach(part -> line.append(part.apply(message)));
        return line.toString();
    }
}
