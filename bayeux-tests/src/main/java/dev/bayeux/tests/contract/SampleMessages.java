package dev.bayeux.tests.contract;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Messages of every kind that the protocol has, in both directions. */
final class SampleMessages {

    private static final List<String> REQUESTS = List.of("""
            {"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["long-polling"]}""", """
            {"channel":"/meta/subscribe","id":"2","clientId":"c1","subscription":"/prices/**"}""", """
            {"channel":"/meta/connect","id":"3","clientId":"c1","connectionType":"long-polling",
             "advice":{"timeout":0}}""", """
            {"channel":"/prices/eu","id":"4","clientId":"c1","data":{"p":3}}""", """
            {"channel":"/service/echo","id":"5","clientId":"c1","data":null}""", """
            {"channel":"/meta/unsubscribe","id":"6","clientId":"c1","subscription":"/prices/**"}""", """
            {"channel":"/meta/disconnect","id":"7","clientId":"c1"}""");

    private static final List<String> ANSWERS = List.of("""
            {"channel":"/meta/handshake","id":"1","successful":true,"clientId":"c1","version":"1.0",
             "supportedConnectionTypes":["long-polling"],"advice":{"reconnect":"retry","interval":0}}""", """
            {"channel":"/meta/subscribe","id":"2","successful":true,"subscription":"/prices/**"}""", """
            {"channel":"/meta/connect","id":"3","successful":true}""", """
            {"channel":"/prices/eu","data":{"p":3}}""", """
            {"channel":"/prices/eu","id":"4","successful":true}""", """
            {"channel":"/service/echo","id":"5","successful":true,"data":null}""", """
            {"channel":"/meta/unsubscribe","id":"6","successful":true,"subscription":["/prices/**"]}""", """
            {"channel":"/meta/disconnect","id":"7","successful":true}""");

    /** To publishes and calls. */
    private static final List<String> REPLIES = List.of("""
            {"channel":"/prices/eu","id":"4","successful":true}""", """
            {"channel":"/prices/eu","id":"4","successful":false,"error":"403:/prices/eu:denied"}""", """
            {"channel":"/service/echo","id":"5","successful":true,"data":null}""", """
            {"channel":"/service/echo","id":"5","successful":false,"error":"500::failed"}""");

    /** What servers say when something is wrong, and what no server should say. */
    private static final List<String> ODD_ANSWERS = List.of("""
            {"channel":"/meta/handshake","id":"1","successful":false,"error":"403::handshake_denied"}""", """
            {"channel":"/meta/connect","id":"3","successful":false,"error":"402::session_unknown"}""", """
            {"channel":"/meta/subscribe","successful":false,"error":"just no"}""", """
            {"channel":"/meta/disconnect"}""", """
            {"channel":"/meta/unknown","successful":true}""", """
            {"channel":"/prices/eu","data":"text"}""", """
            {"channel":"/prices/eu","data":[1,[2,{}]]}""", """
            {"channel":"/prices/eu","data":9007199254740993}""", """
            {"channel":"/prices/eu","data":{"event":{"replayId":"x"},"data":7,"last":null}}""", """
            {"channel":"","data":1}""", """
            {"successful":false,"error":"no channel"}""", """
            {}""");

    private static final List<String> ODD_VALUES = List.of("null", "true", "false", "\"\"", "\"text\"", "\"12\"", "7",
            "-1", "0", "0.5", "1e300", "1e-300", "9223372036854775807", "-9223372036854775808",
            "99999999999999999999", "[]", "[null]", "{}", "{\"a\":{\"b\":[]}}");

    private SampleMessages() {
    }

    static List<SampleMessage> requests() {
        return REQUESTS.stream().map(SampleMessage::outgoing).toList();
    }

    static List<SampleMessage> answers() {
        return ANSWERS.stream().map(SampleMessage::incoming).toList();
    }

    static List<SampleMessage> replies() {
        return REPLIES.stream().map(SampleMessage::incoming).toList();
    }

    static List<SampleMessage> usual() {
        return Stream.concat(requests().stream(), answers().stream()).toList();
    }

    static List<SampleMessage> odd() {
        return ODD_ANSWERS.stream().map(SampleMessage::incoming).toList();
    }

    /** Objects with each member, at any depth, in turn missing or with a value that it should not have. */
    static List<JsonObject> variationsOf(JsonObject object) {
        List<JsonObject> all = new ArrayList<>();
        variations(object, all::add);
        return all;
    }

    private static void variations(JsonObject object, Consumer<JsonObject> to) {
        object.forEach((name, value) -> {
            to.accept(Json.createObjectBuilder(object).remove(name).build());
            oddValues().forEach(odd -> to.accept(with(object, name, odd)));
            if (value instanceof JsonObject inner) {
                variations(inner, changed -> to.accept(with(object, name, changed)));
            }
        });
    }

    private static JsonObject with(JsonObject object, String name, JsonValue value) {
        JsonObjectBuilder changed = Json.createObjectBuilder(object);
        return changed.add(name, value).build();
    }

    static JsonArray oddValues() {
        return SampleMessage.incoming("{\"values\":[%s]}".formatted(String.join(",", ODD_VALUES))).json()
                .getJsonArray("values");
    }
}
