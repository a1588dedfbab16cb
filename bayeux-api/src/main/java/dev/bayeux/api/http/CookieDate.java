package dev.bayeux.api.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The date in {@code Expires}, which servers write in many ways (RFC 6265, 5.1.1). */
final class CookieDate {

    /** What separates the parts of a date: all but digits, letters, colons and characters outside ASCII. */
    private static final Pattern DELIMITERS = Pattern.compile("[\\x09\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\D.*)?");
    private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(?:\\D.*)?");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
            "oct", "nov", "dec");
    private static final int LETTERS_OF_A_MONTH = 3;
    private static final int FIRST_YEAR = 1601;

    private @Nullable Matcher time;
    private int day = -1;
    private int month = -1;
    private int year = -1;

    private CookieDate() {
    }

    /** Reads it; {@code null} if it is no date. */
    static @Nullable Instant parse(String text) {
        CookieDate date = new CookieDate();
        for (String token : DELIMITERS.split(text)) {
            date.take(token);
        }
        return date.instant();
    }

    /** Each part is the first token that looks like it. */
    private void take(String token) {
        Matcher matcher = TIME.matcher(token);
        if (time == null && matcher.matches()) {
            time = matcher;
            return;
        }
        matcher = DAY.matcher(token);
        if (day < 0 && matcher.matches()) {
            day = Integer.parseInt(matcher.group(1));
            return;
        }
        if (month < 0 && token.length() >= LETTERS_OF_A_MONTH) {
            month = MONTHS.indexOf(token.substring(0, LETTERS_OF_A_MONTH).toLowerCase(Locale.ROOT));
            if (month >= 0) {
                return;
            }
        }
        matcher = YEAR.matcher(token);
        if (year < 0 && matcher.matches()) {
            year = Integer.parseInt(matcher.group(1));
        }
    }

    private @Nullable Instant instant() {
        if (year >= 70 && year <= 99) {
            year += 1900;
        } else if (year >= 0 && year <= 69) {
            year += 2000;
        }
        if (time == null || month < 0 || year < FIRST_YEAR) {
            return null;
        }
        try {
            return LocalDateTime.of(year, month + 1, day, Integer.parseInt(time.group(1)),
                    Integer.parseInt(time.group(2)), Integer.parseInt(time.group(3))).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException impossible) {
            return null;
        }
    }
}
