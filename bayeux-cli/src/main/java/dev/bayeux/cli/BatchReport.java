package dev.bayeux.cli;

import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what became of lines that were sent together, when not all were published: of the first that failed, and of all
 * behind it. Those before it were published.
 *
 * @param numbers of the lines that were sent
 * @param failures by position among them, lowest first, not empty
 */
record BatchReport(List<Long> numbers, Map<Integer, PublishException> failures) {

    String text() {
        List<String> texts = new ArrayList<>();
        for (int from = failures.keySet().iterator().next(); from < numbers.size();) {
            int next = from + 1;
            while (next < numbers.size() && outcome(next) == outcome(from)) {
                next++;
            }
            texts.add(next - from == 1
                    ? "line %d %s".formatted(numbers.get(from), fate(outcome(from), "was"))
                    : "lines %d to %d %s".formatted(numbers.get(from), numbers.get(next - 1),
                            fate(outcome(from), "were")));
            from = next;
        }
        return "L" + String.join(", ", texts).substring(1);
    }

    private @Nullable Outcome outcome(int position) {
        PublishException failure = failures.get(position);
        return failure == null ? null : failure.outcome();
    }

    private static String fate(@Nullable Outcome outcome, String was) {
        return switch (outcome) {
            case null -> was + " published";
            case NOT_SENT -> was + " not sent";
            case REFUSED -> was + " refused";
            case UNKNOWN -> "may have been published or not";
        };
    }
}
