package dev.bayeux.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

class BinaryDataTest {

    @Test
    void neitherSideCanChangeTheBytesAfterwards() {
        byte[] bytes = {1, 2};
        BinaryData data = BinaryData.of(bytes);
        bytes[0] = 9;
        data.bytes()[1] = 9;
        assertArrayEquals(new byte[]{1, 2}, data.bytes());
        assertEquals(2, data.size());
    }

    @Test
    void itIsCompleteUnlessSaidOtherwise() {
        BinaryData data = BinaryData.of(new byte[]{1});
        assertTrue(data.isLast());
        assertFalse(data.withLast(false).isLast());
        assertEquals(data, data.withLast(false).withLast(true));
        assertEquals(data.hashCode(), BinaryData.of(new byte[]{1}).hashCode());
        assertNotEquals(data, data.withLast(false));
        assertNotEquals(data, BinaryData.of(new byte[]{2}));
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, data.meta());
    }

    @Test
    void theTextFormHasNoBytes() {
        assertEquals("BinaryData[3 bytes, more to come]", BinaryData.of(new byte[3]).withLast(false).toString());
    }
}
