package dev.bayeux.cli.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them: {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}, or seconds as a bare number. */
public final class DurationArgument implements ITypeConverter<Duration> {

    /** What nobody waits for; the clocks of the JVM overflow at 292 years. */
    private static final Duration MOST = Duration.ofDays(365);
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");

    /** Made by picocli. */
    public DurationArgument() {
        // Nothing is needed.
    }

    @Override
    public Duration convert(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("\"%s\" is no duration; write 500ms, 10s, 2m or 1h".formatted(value));
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
        if (duration.compareTo(MOST) > 0) {
            throw new TypeConversionException("\"%s\" is too long; %dh is the most".formatted(value, MOST.toHours()));
        }
        return duration;
    }
}
