package dev.bayeux.benchmarks;

import java.util.Locale;

/**
 * What to reach.
 *
 * @param kind how it is compared
 * @param limit with what
 */
record Goal(Kind kind, double limit) {

    /** How a figure is judged. */
    enum Kind {
        /** Ours divided by CometD's is at most the limit. */
        RATIO_AT_MOST,
        /** Ours divided by CometD's is at least the limit. */
        RATIO_AT_LEAST,
        /** Ours is at most the limit, whatever CometD's is. */
        AT_MOST,
        /** It is shown, not judged. */
        NONE
    }

    static final Goal NONE = new Goal(Kind.NONE, 0);

    static Goal ratioAtMost(double limit) {
        return new Goal(Kind.RATIO_AT_MOST, limit);
    }

    static Goal ratioAtLeast(double limit) {
        return new Goal(Kind.RATIO_AT_LEAST, limit);
    }

    static Goal atMost(double limit) {
        return new Goal(Kind.AT_MOST, limit);
    }

    boolean reached(double ours, double ratio) {
        return switch (kind) {
            case RATIO_AT_MOST -> ratio <= limit;
            case RATIO_AT_LEAST -> ratio >= limit;
            case AT_MOST -> ours <= limit;
            case NONE -> true;
        };
    }

    String text() {
        return switch (kind) {
            case RATIO_AT_MOST -> String.format(Locale.ROOT, "≤ %.2f", limit);
            case RATIO_AT_LEAST -> String.format(Locale.ROOT, "≥ %.2f", limit);
            case AT_MOST -> String.format(Locale.ROOT, "≤ %.0f, absolute", limit);
            case NONE -> "";
        };
    }
}
