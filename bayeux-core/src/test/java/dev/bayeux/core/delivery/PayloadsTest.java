package dev.bayeux.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.Overflow;
import dev.bayeux.api.binding.JsonbBinding;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.MessageReader.Reading;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {

    /**
     * The API has records and enums that stand for those of a program: the binding library reads a class only if its
     * package is exported to everybody.
     */
    private static final ServerError ERROR = new ServerError(OptionalInt.of(403), List.of("a", "b"), "denied");

    private static final String ERROR_TEXT = "{'args':['a','b'],'code':403,'text':'denied'}";

    /** Stands for {@code List<ServerError>}. */
    private static final Type LIST_OF_ERRORS = new ArrayList<ServerError>() {
        private static final long serialVersionUID = 1L;
    }.getClass().getGenericSuperclass();

    private final Payloads payloads = new Payloads(Json.find(), null);

    private Object read(String text, Type type) {
        return payloads.read("/a", text.replace('\'', '"'), type);
    }

    private String write(Object data) {
        return payloads.write("/a", data).text().replace('"', '\'');
    }

    @Test
    void aRecordComesBackAsItWas() {
        assertEquals(ERROR_TEXT, write(ERROR));
        assertEquals(ERROR, read(ERROR_TEXT, ServerError.class));
        assertEquals(ERROR, read(ERROR_TEXT.replace("{", "{'unknown':[{}],"), ServerError.class));
        ServerError error = new ServerError(OptionalInt.of(402), List.of("a", "\u00e9\uD83D\uDE00"), "t");
        assertEquals(error, read(payloads.write("/a", error).text(), ServerError.class));
    }

    @Test
    void aListOfRecordsIsBoundByItsFullType() {
        assertEquals(List.of(ERROR, ERROR), read("[" + ERROR_TEXT + "," + ERROR_TEXT + "]", LIST_OF_ERRORS));
        assertEquals("[" + ERROR_TEXT + "]", write(List.of(ERROR)));
    }

    @Test
    void enumsDatesAndNumbersAreBound() {
        Instant instant = Instant.parse("2026-11-22T10:11:12.123456789Z");
        LocalDate day = LocalDate.of(2026, 2, 28);
        BigDecimal price = new BigDecimal("12345678901234567890.25");

        assertEquals("'CLOSE'", write(Overflow.CLOSE));
        assertEquals(Overflow.CLOSE, read("'CLOSE'", Overflow.class));
        assertEquals(instant, read(write(instant), Instant.class));
        assertEquals("'2026-02-28'", write(day));
        assertEquals(day, read("'2026-02-28'", LocalDate.class));
        assertEquals("12345678901234567890.25", write(price));
        assertEquals(price, read("12345678901234567890.25", BigDecimal.class));
    }

    @Test
    void longsAreExact() {
        assertEquals(Long.MAX_VALUE, read("9223372036854775807", Long.class));
        assertEquals(Long.MIN_VALUE, read("-9223372036854775808", long.class));
        assertEquals("9223372036854775807", write(Long.MAX_VALUE));
        assertEquals("{'replayId':9223372036854775807}", write(Map.of("replayId", Long.MAX_VALUE)));
        assertEquals(new BigDecimal("9223372036854775807"),
                ((Map<?, ?>) read("{'replayId':9223372036854775807}", Map.class)).get("replayId"));
    }

    @Test
    void mapsListsAndTextsNeedNoType() {
        assertEquals(Map.of("a", List.of("b", true)), read("{'a':['b',true]}", Map.class));
        assertEquals(List.of("a", "b"), read("['a','b']", List.class));
        assertEquals("t\"\u00e9", read("'t\\'\\u00e9'", String.class));
        assertEquals("{'a':1}", write(new LinkedHashMap<>(Map.of("a", 1))));
        assertEquals("'t\\'\u00e9'", write("t\"\u00e9"));
        assertEquals("true", write(true));
    }

    @Test
    void jsonValuesAreNotBound() {
        assertEquals("{'a':[1.50,null]}", write(read("{'a':[1.50,null]}", JsonValue.class)));
        assertTrue(read("{}", JsonObject.class) instanceof JsonObject);
        assertTrue(read("[]", JsonArray.class) instanceof JsonArray);
        assertTrue(read("'x'", JsonString.class) instanceof JsonString);
        assertSame(JsonValue.NULL, read("null", JsonValue.class));
    }

    @Test
    @Tag("C-88")
    void nullDataIsBoundToNull() {
        assertNull(read("null", ServerError.class));
        assertNull(read("null", String.class));
        assertEquals("null", write(null));
        assertEquals("null", write(JsonValue.NULL));
    }

    @Test
    void theBindingOfTheProgramIsUsed() {
        Jsonb own = JsonbBuilder.create(new JsonbConfig()
                .withPropertyNamingStrategy(PropertyNamingStrategy.UPPER_CAMEL_CASE));
        Payloads bound = new Payloads(Json.find(), JsonbBinding.of(own));

        assertTrue(bound.write("/a", ERROR).text().contains("\"Text\":\"denied\""));
        assertEquals(ERROR, bound.read("/a", bound.write("/a", ERROR).text(), ServerError.class));
    }

    @ParameterizedTest
    @MethodSource
    void unreadableDataIsAPayloadException(String text, Type type) {
        PayloadException failed = assertThrows(PayloadException.class, () -> read(text, type));

        assertEquals("/a", failed.channel());
        assertNotNull(failed.getCause());
    }

    static List<Arguments> unreadableDataIsAPayloadException() {
        return List.of(Arguments.of("{'maxReplyBytes':'x'}", ServerError.class),
                Arguments.of("{'maxReplyBytes':-1}", ServerError.class), Arguments.of("5", ServerError.class),
                Arguments.of("'NEITHER'", Overflow.class), Arguments.of("'x'", Long.class),
                Arguments.of("1", JsonObject.class), Arguments.of("{'a':", JsonValue.class),
                Arguments.of("1e99999999999", JsonValue.class), Arguments.of("9".repeat(5000), JsonValue.class),
                Arguments.of("{}", Runnable.class),
                Arguments.of("[".repeat(5000) + "]".repeat(5000), JsonValue.class),
                Arguments.of("[".repeat(5000) + "]".repeat(5000), List.class));
    }

    @ParameterizedTest
    @ValueSource(classes = {JsonValue.class, JsonArray.class, Object.class, List.class, Map.class, String.class,
            ServerError.class, String[].class})
    void dataThatIsNestedTooDeepCostsNoMoreThanItself(Class<?> type) {
        SubscriptionIdentity taker = new SubscriptionIdentity(List.of("/a"));
        for (String deep : List.of("[".repeat(100_000) + "]".repeat(100_000),
                "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))) {
            Reading reading = new MessageReader(Json.find()).read("[{\"channel\":\"/a\",\"data\":" + deep
                    + "},{\"channel\":\"/b\",\"data\":7}]", "long-polling");
            List<DeliveredMessage<JsonValue>> messages = reading.messages().stream()
                    .map(message -> new DeliveredMessage<JsonValue>(taker, new Delivery(1, message), payloads,
                            DeliveredMessage.UNPARSED))
                    .toList();

            assertEquals(deep, messages.getFirst().text());
            assertThrows(PayloadException.class, messages.getFirst()::data);
            assertThrows(PayloadException.class, () -> payloads.read("/a", deep, type));
            assertEquals(7, ((JsonNumber) Objects.requireNonNull(messages.getLast().data())).intValue());
        }
    }

    @Test
    void unwritableDataIsAPayloadException() {
        Map<String, String> failing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                throw new UnsupportedOperationException("code of the program");
            }
        };
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        try (WatchedLog log = new WatchedLog("org.eclipse.yasson.internal.SerializationContextImpl")) {
            PayloadException failed = assertThrows(PayloadException.class, () -> write(failing));
            assertEquals("/a", failed.channel());
            assertTrue(failed.getMessage().startsWith("The data for /a, a " + getClass().getName()));
            assertThrows(PayloadException.class, () -> write(endless));
            assertTrue(log.messages.stream().noneMatch(message -> message.contains("code of the program")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 201, 1_000_000})
    void aFailureShowsTheBeginningOfTheDataOnly(int length) {
        PayloadException failed = assertThrows(PayloadException.class,
                () -> read("'" + "x".repeat(length) + "'", Long.class));

        assertTrue(failed.getMessage().length() < 700, failed.getMessage());
        assertTrue(failed.getMessage().contains("x".repeat(99)));
        assertTrue(failed.getMessage().contains("java.lang.Long"));
    }
}
