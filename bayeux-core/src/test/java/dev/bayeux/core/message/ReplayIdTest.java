package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.position.Position;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayIdTest {

    private final Json json = Json.find();

    @Tag("C-119")
    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":{\"replayId\":4712}}",
            "{\"payload\":{\"replayId\":1},\"event\":{\"createdDate\":\"x\",\"replayId\":4712,\"type\":\"y\"}}",
            "{ \"event\" : { \"replayId\" : 4712 } }", "{\"event\":{\"replayId\":4.712e3}}"})
    @Tag("C-119")
    void numbersArePositions(String data) {
        assertEquals(Optional.of(Position.after(4712)), ReplayId.in(json, data).position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"replayId\"", "[{\"event\":{\"replayId\":1}}]", "{\"replayId\":1}",
            "{\"event\":\"replayId\"}", "{\"event\":{}}", "{\"event\":{\"replayId\":null}}",
            "{\"event\":{\"replayId\":",
            "{\"event\":[\"replayId\"]}"})
    void aMessageWithoutReplayIdHasNoPosition(String data) {
        assertEquals(new ReplayId.Found(Optional.empty(), null), ReplayId.in(json, data));
    }

    @Tag("C-119")
    @ParameterizedTest
    @ValueSource(strings = {"\"AAAB-x9==\"", "\"4712\"", "\" a\\\"b \\u2028\"", "99999999999999999999"})
    void replayIdsGoOutInTheFormInWhichTheyCame(String id) {
        Position position = ReplayId.in(json, "{\"event\":{\"replayId\":%s}}".formatted(id)).position().orElseThrow();

        assertEquals(json.parse(id), ReplayId.toJson(json, position));
        assertTrue(position.isAfterMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-2", "-3", "1.5", "1e999999999", "1e-999999999", "\"\"",
            "\"  \"", "\"-1\"", "{}", "[7]", "true"})
    void anUnusableReplayIdHasAReason(String id) {
        ReplayId.Found found = ReplayId.in(json, "{\"event\":{\"replayId\":%s}}".formatted(id));

        assertEquals(Optional.empty(), found.position());
        assertNotNull(found.unusable());
    }
}
