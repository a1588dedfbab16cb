package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnparsedObjectTest {

    private static final String TEXT = "{\"o\":{\"k\":1},\"l\":[2],\"n\":9223372036854775807,\"i\":3,\"t\":\"x\","
            + "\"b\":true,\"z\":null}";

    private final Json json = Json.find();
    private final JsonObject plain = json.parse(TEXT).asJsonObject();
    private final JsonObject unparsed = new UnparsedObject(TEXT, json);

    @Test
    void saysWhatAParsedOneSays() {
        assertAll(() -> assertEquals(plain.getJsonObject("o"), unparsed.getJsonObject("o")),
                () -> assertEquals(plain.getJsonArray("l"), unparsed.getJsonArray("l")),
                () -> assertEquals(Long.MAX_VALUE, unparsed.getJsonNumber("n").longValueExact()),
                () -> assertEquals(3, unparsed.getInt("i")), () -> assertEquals(4, unparsed.getInt("none", 4)),
                () -> assertEquals("x", unparsed.getString("t")),
                () -> assertEquals("y", unparsed.getString("none", "y")),
                () -> assertEquals("x", unparsed.getJsonString("t").getString()),
                () -> assertTrue(unparsed.getBoolean("b")), () -> assertTrue(unparsed.getBoolean("none", true)),
                () -> assertTrue(unparsed.isNull("z")), () -> assertEquals(JsonValue.TRUE, unparsed.get("b")),
                () -> assertTrue(unparsed.containsKey("z")), () -> assertFalse(unparsed.containsKey("none")),
                () -> assertNull(unparsed.get("none")), () -> assertEquals(7, unparsed.size()),
                () -> assertEquals(ValueType.OBJECT, unparsed.getValueType()));
    }

    @Test
    void isEqualToAParsedOne() {
        assertEquals(plain, unparsed);
        assertEquals(unparsed, plain);
        assertEquals(plain.hashCode(), unparsed.hashCode());
        assertEquals(plain.toString(), unparsed.toString());
        assertEquals(TEXT, unparsed.toString());
    }

    @Test
    void cannotBeChanged() {
        assertThrows(UnsupportedOperationException.class, () -> unparsed.put("a", JsonValue.TRUE));
        assertThrows(UnsupportedOperationException.class, () -> unparsed.remove("o"));
        assertThrows(UnsupportedOperationException.class, unparsed::clear);
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 200_000})
    void oneThatIsTooDeepIsEmpty(int depth) {
        String deep = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        assertEquals(JsonValue.EMPTY_JSON_OBJECT, new UnparsedObject(deep, json));
    }
}
