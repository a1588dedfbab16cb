package dev.bayeux.cli.options;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a rate as the pause between two messages: {@code 10} or {@code 10/s} a second, {@code 600/m} a minute,
 * {@code 36/h} an hour.
 */
public final class RateArgument implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(?:/(s|m|h))?");

    /** Called by picocli. */
    public RateArgument() {
        // Nothing is needed.
    }

    @Override
    public Duration convert(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        BigDecimal number = matcher.matches() ? new BigDecimal(matcher.group(1)) : BigDecimal.ZERO;
        if (number.signum() == 0) {
            throw new TypeConversionException("\"%s\" is no rate; write 10, 10/s or 600/m".formatted(value));
        }
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        Duration whole = Duration.ofSeconds(unit.equals("s") ? 1 : unit.equals("m") ? 60 : 3600);
        return Duration.ofNanos(
                BigDecimal.valueOf(whole.toNanos()).divide(number, 0, RoundingMode.HALF_UP).longValue());
    }
}
