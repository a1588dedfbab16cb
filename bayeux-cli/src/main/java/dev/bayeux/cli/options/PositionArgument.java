package dev.bayeux.cli.options;

import dev.bayeux.api.position.Position;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a position: {@code earliest}, {@code tip}, or the replay id of a message. Digits are a number, digits in quotes
 * and anything else are text.
 */
public final class PositionArgument implements ITypeConverter<Position> {

    /** Called by picocli. */
    public PositionArgument() {
        // Nothing is needed.
    }

    @Override
    public Position convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "earliest", "-2" -> Position.EARLIEST;
            case "tip", "-1" -> Position.TIP;
            default -> {
                try {
                    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                    yield quoted
                            ? Position.after(value.substring(1, value.length() - 1))
                            : new Position(value, !value.matches("-?[0-9]+"));
                } catch (IllegalArgumentException wrong) {
                    throw new TypeConversionException(
                            "\"%s\" is no position; write earliest, tip, or the replay id of a message"
                                    .formatted(value));
                }
            }
        };
    }
}
