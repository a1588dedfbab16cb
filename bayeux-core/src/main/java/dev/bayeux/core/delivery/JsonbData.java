package dev.bayeux.core.delivery;

import dev.bayeux.api.binding.DataBinding;
import dev.bayeux.core.message.Json;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Binds with JSON-B, and reads records also where the names of their constructor's parameters are gone. */
final class JsonbData implements DataBinding {

    private final Jsonb jsonb;
    private final boolean own;
    private final RecordBinder records;
    private final Map<Type, Boolean> nameless = new ConcurrentHashMap<>();

    /** {@code own}: whether {@code jsonb} is the program's, which may know another way to read records. */
    JsonbData(Json json, Jsonb jsonb, boolean own) {
        this.jsonb = jsonb;
        this.own = own;
        this.records = new RecordBinder(json);
    }

    @Override
    public String toJson(Object data) {
        return jsonb.toJson(data);
    }

    @Override
    public @Nullable Object fromJson(String text, Type type) throws ReflectiveOperationException {
        if (!nameless.computeIfAbsent(type, RecordTypes::areNameless)) {
            return jsonb.fromJson(text, type);
        }
        if (!own) {
            return records.read(jsonb, text, type);
        }
        Object value = jsonb.fromJson(text, type);
        if (records.isEmptied(value, text)) {
            throw new RecordBinder.NamesGoneException(RecordBinder.explain(type));
        }
        return value;
    }
}
