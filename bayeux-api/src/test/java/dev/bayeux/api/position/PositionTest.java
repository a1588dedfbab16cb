package dev.bayeux.api.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ServerError;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PositionTest {

    @Test
    void thePlacesHaveTheNumbersOfTheProtocol() {
        assertEquals("-1", Position.TIP.replayId());
        assertEquals("-2", Position.EARLIEST.replayId());
        assertEquals("0", Position.after(0).replayId());
        assertTrue(Position.after(0).isAfterMessage());
        assertFalse(Position.TIP.isAfterMessage());
        assertEquals("tip, earliest, after 7",
                "%s, %s, %s".formatted(Position.TIP, Position.EARLIEST, Position.after(7)));
    }

    @Test
    void otherNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Position.after(-1));
        assertThrows(IllegalArgumentException.class, () -> new Position("-3", false));
        assertThrows(IllegalArgumentException.class, () -> new Position("07", false));
        assertThrows(IllegalArgumentException.class, () -> new Position("x", false));
        assertThrows(IllegalArgumentException.class, () -> Position.after(" "));
        assertThrows(IllegalArgumentException.class, () -> Position.after("-1"));
        assertThrows(IllegalArgumentException.class, () -> Position.after("x".repeat(1_025)));
    }

    @Test
    void textAndNumberAreTwoPositions() {
        assertNotEquals(Position.after(7), Position.after("7"));
        assertEquals(new Position("99999999999999999999", false), new Position("99999999999999999999", false));
        assertEquals("after \"AAAB-x9==\"", Position.after("AAAB-x9==").toString());
        assertTrue(Position.after("AAAB-x9==").isAfterMessage());
    }

    @Test
    void thePoliciesChooseWhatTheyAreCalled() throws Exception {
        Position refused = Position.after(1);
        assertEquals(Optional.empty(), OnInvalidPosition.FAIL.choose("/a", refused, ServerError.NONE));
        assertEquals(Optional.of(Position.TIP), OnInvalidPosition.TIP.choose("/a", refused, ServerError.NONE));
        assertEquals(Optional.of(Position.EARLIEST),
                OnInvalidPosition.EARLIEST.choose("/a", refused, ServerError.NONE));
    }

    @Test
    void positionsInMemoryOutliveTheirClosing() {
        PositionStore store = PositionStore.inMemory();
        assertEquals(Optional.empty(), store.load("/a"));
        store.save("/a", Position.after(1));
        store.save("/a", Position.after(2));
        store.close();
        assertEquals(Optional.of(Position.after(2)), store.load("/a"));
        store.remove("/a");
        assertEquals(Optional.empty(), store.load("/a"));
    }
}
