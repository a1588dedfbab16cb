package dev.bayeux.core.delivery;

import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Records as a program has them, to be loaded with and without the names of their constructor's parameters. */
public final class SampleRecords {

    /** Flat. */
    public record Line(String user, int n) {

        /** Refuses what is negative. */
        public Line {
            if (n < 0) {
                throw new IllegalArgumentException("n is negative: " + n);
            }
        }
    }

    /** With a parameter. */
    public record Pair<T>(T one, List<T> more) {}

    /** All that records are made of. */
    public record Order(@JsonbProperty("order-id") String id, Line line, List<Line> lines, Optional<Line> maybe,
            Map<String, Line> byName, Line[] array, Set<DayOfWeek> days, LocalDate date, Pair<Line> pair,
            OptionalInt count,
            boolean paid) {}

    /** What needs JSON-B itself. */
    public record Dated(@JsonbDateFormat("dd.MM.yyyy") LocalDate day) {}

    /** No record. */
    public static final class Bean {

        /** Seen by JSON-B. */
        public Line line = new Line("", 0);
    }

    private SampleRecords() {
    }
}
