package dev.bayeux.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a message with the JSON object that it was read from. */
final class MessageOracle {

    private static final Json JSON = Json.find();

    private final JsonObject expected;
    private final String connectionType;

    MessageOracle(JsonObject expected, String connectionType) {
        this.expected = expected;
        this.connectionType = connectionType;
    }

    /** Whether it counts as a message: others are only counted. */
    static boolean isMessage(JsonObject object) {
        JsonValue channel = object.get("channel");
        return channel instanceof JsonString || channel instanceof JsonNumber
                || Boolean.FALSE.equals(new MessageOracle(object, "").flag());
    }

    void compare(IncomingMessage actual) {
        sameText("channel", actual.channel());
        sameText("id", actual.id());
        sameText("clientId", actual.clientId());
        assertEquals(flag(), actual.successful());
        sameError(actual.error());
        assertEquals(advice(), actual.advice());
        assertEquals(expected.get("ext") instanceof JsonObject ext ? ext : JsonValue.EMPTY_JSON_OBJECT, actual.ext());
        sameTexts("subscription", actual.subscriptions());
        sameTexts("supportedConnectionTypes", Objects.requireNonNullElse(actual.supportedConnectionTypes(), List.of()));
        sameCount(actual.xMessages());
        sameData(actual.data());
    }

    private void sameText(String name, @Nullable String actual) {
        sameText(expected.get(name), actual);
    }

    private static void sameText(@Nullable JsonValue value, @Nullable String actual) {
        switch (value) {
            case JsonString text -> assertEquals(text.getString(), actual);
            case JsonNumber number -> {
                assertNotNull(actual);
                assertEquals(number.bigDecimalValue(), new BigDecimal(actual));
            }
            case null, default -> assertNull(actual);
        }
    }

    private @Nullable Boolean flag() {
        JsonValue value = expected.getOrDefault("successful", JsonValue.NULL);
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> Boolean.valueOf(((JsonString) value).getString());
            default -> null;
        };
    }

    private void sameError(ServerError actual) {
        switch (expected.get("error")) {
            case JsonString text -> assertEquals(ServerError.parse(text.getString()), actual);
            case JsonNumber number -> sameText(number, actual.text());
            case null, default -> assertEquals(ServerError.NONE, actual);
        }
    }

    private @Nullable Advice advice() {
        return expected.get("advice") instanceof JsonObject advice ? Advice.read(advice, connectionType) : null;
    }

    private void sameTexts(String name, List<String> actual) {
        JsonValue value = expected.getOrDefault(name, JsonValue.NULL);
        List<JsonValue> elements = value instanceof JsonArray array ? array : List.of(value);
        List<JsonValue> texts = elements.stream().filter(e -> e instanceof JsonString || e instanceof JsonNumber)
                .toList();
        assertEquals(texts.size(), actual.size());
        for (int n = 0; n < texts.size(); n++) {
            sameText(texts.get(n), actual.get(n));
        }
    }

    private void sameCount(int actual) {
        String digits = switch (expected.get("x-messages")) {
            case JsonString text -> text.getString();
            case JsonNumber number when number.bigDecimalValue().scale() == 0 -> number.toString();
            case null, default -> "";
        };
        assertEquals(digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0, actual);
    }

    private void sameData(@Nullable String actual) {
        if (expected.containsKey("data")) {
            assertNotNull(actual);
            assertEquals(expected.get("data"), JSON.parse(actual));
        } else {
            assertNull(actual);
        }
    }
}
