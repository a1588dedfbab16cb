package dev.bayeux.core.message;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.AbstractMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object that is parsed at its first use, since few programs read the {@code ext} of a delivery. An object that is too
 * deep for the JSON library reads as empty. Safe for use by several threads.
 */
final class UnparsedObject extends AbstractMap<String, JsonValue> implements JsonObject {

    private final Json json;
    /** The text until it is parsed, then the object. */
    private volatile Object content;

    UnparsedObject(String text, Json json) {
        this.content = text;
        this.json = json;
    }

    private JsonObject parsed() {
        Object current = content;
        if (current instanceof JsonObject object) {
            return object;
        }
        JsonObject object = json.object((String) current);
        JsonObject known = object == null ? JsonValue.EMPTY_JSON_OBJECT : object;
        content = known;
        return known;
    }

    @Override
    public Set<Entry<String, JsonValue>> entrySet() {
        return parsed().entrySet();
    }

    @Override
    public @Nullable JsonValue get(Object name) {
        return parsed().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return parsed().containsKey(name);
    }

    @Override
    public JsonArray getJsonArray(String name) {
        return parsed().getJsonArray(name);
    }

    @Override
    public JsonObject getJsonObject(String name) {
        return parsed().getJsonObject(name);
    }

    @Override
    public JsonNumber getJsonNumber(String name) {
        return parsed().getJsonNumber(name);
    }

    @Override
    public JsonString getJsonString(String name) {
        return parsed().getJsonString(name);
    }

    @Override
    public String getString(String name) {
        return parsed().getString(name);
    }

    @Override
    public String getString(String name, String otherwise) {
        return parsed().getString(name, otherwise);
    }

    @Override
    public int getInt(String name) {
        return parsed().getInt(name);
    }

    @Override
    public int getInt(String name, int otherwise) {
        return parsed().getInt(name, otherwise);
    }

    @Override
    public boolean getBoolean(String name) {
        return parsed().getBoolean(name);
    }

    @Override
    public boolean getBoolean(String name, boolean otherwise) {
        return parsed().getBoolean(name, otherwise);
    }

    @Override
    public boolean isNull(String name) {
        return parsed().isNull(name);
    }

    @Override
    public ValueType getValueType() {
        return ValueType.OBJECT;
    }

    @Override
    public String toString() {
        return parsed().toString();
    }
}
