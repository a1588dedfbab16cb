package dev.bayeux.tests.bayeux;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON texts in which fields of the message that is answered can be filled. */
final class Templates {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private Templates() {
    }

    static JsonValue parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }

    /** The replies of a template: one for an object, those within an array, none for an empty text. */
    static List<JsonValue> fill(String template, JsonObject message) {
        String text = PLACEHOLDER.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(value(message, found.group(1))));
        if (text.isBlank()) {
            return List.of();
        }
        JsonValue value = parse(text);
        return value instanceof JsonArray array ? List.copyOf(array) : List.of(value);
    }

    /** A field as it stands between the quotation marks of a JSON text. */
    private static String value(JsonObject message, String field) {
        JsonValue value = message.getOrDefault(field, Json.createValue(""));
        if (!(value instanceof JsonString)) {
            return value.toString();
        }
        String quoted = value.toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Changes fields; {@code null} removes one (RFC 7396). */
    static JsonObject patch(JsonObject reply, String patch) {
        return Json.createMergePatch(parse(patch)).apply(reply).asJsonObject();
    }
}
