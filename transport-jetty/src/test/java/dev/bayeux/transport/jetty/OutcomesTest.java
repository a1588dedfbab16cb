package dev.bayeux.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What the transports make of Jetty's responses. */
@Tag("transport:jetty")
class OutcomesTest {

    @Test
    void aHeaderHasAllItsLinesInOrder() {
        HttpFields fields = HttpFields.build().add("Set-Cookie", "a=1").add("X", "y").add("Set-Cookie", "b=2");
        assertEquals(List.of("a=1", "b=2"), Outcomes.headers(fields).get("Set-Cookie"));
        assertEquals(List.of("y"), Outcomes.headers(fields).get("X"));
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    @Tag("C-108")
    void theTimeForManyLinesDoesNotGrowWithTheirSquare() {
        int lines = 1_000_000;
        HttpFields.Mutable fields = HttpFields.build();
        HttpField line = new HttpField("X", "y");
        for (int n = 0; n < lines; n++) {
            fields.add(line);
        }
        assertEquals(lines, Outcomes.headers(fields).get("X").size());
    }
}
