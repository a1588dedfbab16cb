package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a lookup costs, counted in comparisons. */
class PatternTableTest {

    private static final int MANY = 100_000;

    @Test
    @Tag("C-78")
    void aLookupAmongAHundredThousandPatternsComparesAFew() {
        PatternTable table = new PatternTable();
        for (int n = 0; n < MANY; n++) {
            table.add(new ServerSubscription("/orders/%d/*".formatted(n), null));
        }
        List<ServerSubscription> found = new ArrayList<>();
        table.find("/orders/4711/x", found);

        assertEquals(List.of("/orders/4711/*"), found.stream().map(ServerSubscription::channel).toList());
        assertTrue(table.mostCompared() <= 16, () -> table.mostCompared() + " comparisons at one slash");
    }
}
