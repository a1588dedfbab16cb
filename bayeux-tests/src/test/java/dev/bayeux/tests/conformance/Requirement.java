package dev.bayeux.tests.conformance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One requirement of the protocol, or one row of its tables.
 *
 * @param tag the tag of its tests: {@code C-16}, or {@code C-20/A6} for a row
 * @param section the heading it is under
 * @param text what it asks for, in a sentence
 * @param excuse why no test proves it, if none does
 */
record Requirement(String tag, Level level, String section, String text, Optional<Excuse> excuse) {

    private static final Pattern TAG = Pattern.compile("C-(\\d{2,3})(?:/([ABT]\\d{1,2}))?");

    enum Level {
        MUST, SHOULD, MAY
    }

    enum Reason {
        /** Work on it is in progress: a MUST may be pending for a while. */
        PENDING("pending"),
        /** It is left out on purpose: no MUST may be. */
        NOT_DONE("not done"),
        /** There is nothing a test could find, or nothing of this client that it is about. */
        NOT_APPLICABLE("not applicable");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Why there is no test, and a sentence that says more. */
    record Excuse(Reason reason, String sentence) {

        static Excuse parse(String text) {
            for (Reason reason : Reason.values()) {
                String start = reason.words + ": ";
                if (text.startsWith(start) && text.endsWith(".")) {
                    return new Excuse(reason, text.substring(start.length()));
                }
            }
            throw new IllegalArgumentException("Not a reason and a sentence: " + text);
        }
    }

    Requirement {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("Not a number of a requirement: " + tag);
        }
        if (level == Level.MUST && excuse.map(Excuse::reason).orElse(null) == Reason.NOT_DONE) {
            throw new IllegalArgumentException(tag + " is a MUST: it cannot be left out.");
        }
    }

    int number() {
        Matcher matcher = TAG.matcher(tag);
        matcher.matches();
        return Integer.parseInt(matcher.group(1));
    }

    /** The name of the row, if this is one. */
    Optional<String> row() {
        Matcher matcher = TAG.matcher(tag);
        matcher.matches();
        return Optional.ofNullable(matcher.group(2));
    }

    /** Whether a test that has this tag proves the requirement; what proves a row proves the whole as well. */
    boolean isMeantBy(String testTag) {
        return testTag.equals(tag) || testTag.startsWith(tag + "/");
    }
}
