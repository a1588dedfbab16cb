package dev.bayeux.cli.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads durations as people write them: {@code 500ms}, {@code 0.5s}, {@code 10s}, {@code 2m}, {@code 1h}, {@code 1d}, or
 * seconds as a bare number.
 */
public final class DurationArgument implements ITypeConverter<Duration> {

    /** The longest duration, far below the 292 years at which the JVM's clock in nanoseconds overflows. */
    private static final Duration MOST = Duration.ofDays(365);
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?|\\.\\d{1,9})(ms|s|m|h|d|)");

    /** Called by picocli. */
    public DurationArgument() {
        // Nothing is needed.
    }

    @Override
    public Duration convert(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "\"%s\" is no duration; write 500ms, 0.5s, 10s, 2m, 1h or 1d".formatted(value));
        }
        Duration unit = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofSeconds(1);
        };
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
        if (nanos.compareTo(BigDecimal.valueOf(MOST.toNanos())) > 0) {
            throw new TypeConversionException("\"%s\" is too long; %dd is the most".formatted(value, MOST.toDays()));
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /**
     * Rejects a duration of zero.
     *
     * @param option the option that gave it
     * @param given the duration
     * @return the duration
     * @throws IllegalArgumentException if the duration is zero
     */
    public static Duration positive(String option, Duration given) {
        if (given.isZero()) {
            throw new IllegalArgumentException("%s must be more than 0.".formatted(option));
        }
        return given;
    }
}
