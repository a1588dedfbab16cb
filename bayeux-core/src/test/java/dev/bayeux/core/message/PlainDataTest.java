package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainDataTest {

    private static final Jsonb BINDING = JsonbBuilder.create();

    /** A list that a program could bind as it likes. */
    private static final class OwnList extends ArrayList<Object> {

        private static final long serialVersionUID = 1;
    }

    static Stream<Object> plain() {
        return Stream.of("", "text", "quote \" slash / backslash \\ line\nend\ttab\u0001\u007f",
                "äöü€\uD83D\uDE00\u2028", "lone \uD83D and \uDE00\uD83D",
                0, -1, Integer.MIN_VALUE, 1L << 53, Long.MAX_VALUE, 0.25, -0.0, 1e300, 1e-7, 100.0, Double.MIN_VALUE,
                true,
                false, Map.of(), List.of(), Map.of("a", 1), new TreeMap<>(Map.of("b", 2L, "a", "x")),
                List.of(1, "2", 3.5, true), Arrays.asList(1, 2), Collections.unmodifiableList(List.of("a")),
                new LinkedHashMap<>(Map.of("list", List.of(Map.of("deep", List.of()), "x"), "", Map.of("k\"", "v"))));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void meansTheSameAsWhatTheBindingWrites(Object data) {
        JsonData written = Objects.requireNonNull(PlainData.write(data));
        assertEquals(parse(BINDING.toJson(data)), parse(written.text()));
        assertEquals(JsonData.of(written.text()), written);
    }

    static Stream<Object> others() {
        OwnList own = new OwnList();
        own.add(1);
        return Stream.of(new BigDecimal("1.0"), 'c', 1.5f, Double.NaN, Double.POSITIVE_INFINITY, Thread.State.NEW,
                new int[]{1}, own, Map.of(1, "x"), List.of(List.of(own)), Map.of("x", new Object()),
                Collections.singletonMap("x", null), Arrays.asList(1, null), Stream.of(1));
    }

    @ParameterizedTest
    @MethodSource("others")
    void dataThatIsNotPlainGoesToTheBinding(Object data) {
        assertNull(PlainData.write(data));
    }

    private static JsonValue parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader("[" + text + "]"))) {
            return reader.readArray().get(0);
        }
    }
}
