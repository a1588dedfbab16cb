package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.position.Position;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayIdTest {

    private final Json json = Json.find();

    @Tag("C-119")
    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":{\"replayId\":4712}}", "{\"event\":{\"replayId\":\"4712\"}}",
            "{\"payload\":{\"replayId\":1},\"event\":{\"createdDate\":\"x\",\"replayId\":4712,\"type\":\"y\"}}",
            "{ \"event\" : { \"replayId\" : 4712 } }", "{\"event\":{\"replayId\":4.712e3}}"})
    @Tag("C-119")
    void numbersAreReadLeniently(String data) {
        assertEquals(Optional.of(Position.after(4712)), ReplayId.positionIn(json, data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"replayId\"", "[{\"event\":{\"replayId\":1}}]", "{\"replayId\":1}",
            "{\"event\":\"replayId\"}", "{\"event\":{}}", "{\"event\":{\"replayId\":null}}",
            "{\"event\":{\"replayId\":-1}}", "{\"event\":{\"replayId\":1.5}}", "{\"event\":{\"replayId\":\"x\"}}",
            "{\"event\":{\"replayId\":99999999999999999999}}", "{\"event\":{\"replayId\":",
            "{\"event\":[\"replayId\"]}"})
    void whatHasNoNumberHasNoPosition(String data) {
        assertEquals(Optional.empty(), ReplayId.positionIn(json, data));
    }
}
