package dev.bayeux.kafka.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.Message;
import dev.bayeux.api.position.Position;
import dev.bayeux.kafka.config.SourceConfig;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.StringConverter;
import org.apache.kafka.connect.transforms.ExtractField;
import org.apache.kafka.connect.transforms.HoistField;
import org.apache.kafka.connect.transforms.RegexRouter;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** Kafka's transformations and converters accept the records of the source. */
class TransformationsTest {

    private record Received(String channel, String text) implements Message<JsonValue> {

        @Override
        public JsonValue data() {
            return JsonTexts.toJson(text);
        }

        @Override
        public JsonObject ext() {
            return JsonValue.EMPTY_JSON_OBJECT;
        }

        @Override
        public String subscription() {
            return channel;
        }

        @Override
        public Optional<java.time.Instant> timestamp() {
            return Optional.empty();
        }

        @Override
        public Optional<String> id() {
            return Optional.empty();
        }

        @Override
        public Optional<Position> position() {
            return Optional.empty();
        }
    }

    private static SourceRecord record(String format, String channel, String text) {
        RecordFactory factory = new RecordFactory(new SourceConfig(Map.of("bayeux.url", "http://x/", "bayeux.channels",
                "/**", "topic", "bayeux.${channel}", "value.format", format)));
        SourceRecord record = factory.record(new SourceChannel("s", "/**"), new Received(channel, text));
        return java.util.Objects.requireNonNull(record);
    }

    private static SourceRecord apply(Transformation<SourceRecord> transformation, Map<String, String> settings,
            SourceRecord record) {
        try (transformation) {
            transformation.configure(settings);
            return transformation.apply(record);
        }
    }

    @Test
    void hoistFieldPutsMapsAndTextsIntoAField() {
        SourceRecord map = apply(new HoistField.Value<>(), Map.of("field", "line"), record("map", "/a", "{\"n\":1}"));
        assertEquals(Map.of("line", Map.of("n", 1L)), map.value());
        SourceRecord text = apply(new HoistField.Value<>(), Map.of("field", "line"), record("text", "/a", "{\"n\":1}"));
        assertEquals("{\"n\":1}", ((Struct) text.value()).getString("line"));
    }

    @Test
    void extractFieldTakesThePayload() {
        SourceRecord record = apply(new ExtractField.Value<>(), Map.of("field", "payload"),
                record("map", "/event/Order__e", "{\"payload\":{\"id\":\"o1\"},\"event\":{\"replayId\":5}}"));
        assertEquals(Map.of("id", "o1"), record.value());
    }

    @Test
    void regexRouterRenamesTheTopic() {
        SourceRecord record = apply(new RegexRouter<>(), Map.of("regex", "bayeux\\.(.*)", "replacement", "in.$1"),
                record("text", "/a/b", "1"));
        assertEquals("in.a.b", record.topic());
    }

    @Test
    void aTopicHasOnlyAllowedCharacters() {
        assertEquals("bayeux.a_b.c-d_", record("text", "/a b/c-d!", "1").topic());
    }

    @Test
    void convertersWriteTheJsonThatTheServerSent() {
        String text = "{\"n\":[1,1.5,null,true,\"x\"],\"o\":{}}";
        try (JsonConverter json = new JsonConverter(); StringConverter plain = new StringConverter()) {
            json.configure(Map.of("schemas.enable", false), false);
            SourceRecord map = record("map", "/a", text);
            assertEquals(text, new String(json.fromConnectData(map.topic(), map.valueSchema(), map.value()),
                    StandardCharsets.UTF_8));
            SourceRecord same = record("text", "/a", text);
            assertEquals(text, new String(plain.fromConnectData(same.topic(), same.valueSchema(), same.value()),
                    StandardCharsets.UTF_8));
        }
        assertEquals(Json.createValue("x"), new RecordData(false).json(null, "x"));
    }
}
