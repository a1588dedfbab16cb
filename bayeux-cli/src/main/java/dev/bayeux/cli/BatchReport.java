package dev.bayeux.cli;

import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes the outcomes of lines that were sent together, if not all were published: of the first line that failed,
 * and of all lines after it. The lines before it were published.
 *
 * @param numbers the numbers of the lines that were sent
 * @param failures the failures by index in {@code numbers}, lowest first, not empty
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
