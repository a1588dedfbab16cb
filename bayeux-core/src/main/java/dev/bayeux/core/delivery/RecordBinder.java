package dev.bayeux.core.delivery;

import dev.bayeux.core.message.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by the names of their components. Yasson reads them by the names of the parameters of their constructor and
 * leaves all fields empty if these names are missing, as in an image made by {@code jlink --strip-debug}. In that case this
 * class binds records, and collections, arrays, maps and optionals of records; JSON-B binds everything within them.
 */
record RecordBinder(Json json) {

    /** Signals that a record cannot be bound, since JSON-B would leave it empty. */
    static final class NamesGoneException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NamesGoneException(String text) {
            super(text);
        }
    }

    /**
     * Whether all fields of a record are empty although its JSON had values: the result of a program's binding for a record
     * whose names are missing.
     */
    boolean isEmptied(@Nullable Object value, String text) {
        if (!(value instanceof Record) || !(json.parse(text) instanceof JsonObject object)
                || object.values().stream().allMatch(RecordBinder::isNothing)) {
            return false;
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                Object part = component.getAccessor().invoke(value);
                if (part != null && !part.equals(none(component.getType()))) {
                    return false;
                }
            } catch (ReflectiveOperationException | RuntimeException notSeen) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNothing(JsonValue value) {
        return value.equals(JsonValue.NULL) || value.equals(JsonValue.FALSE)
                || value instanceof JsonNumber number && number.doubleValue() == 0;
    }

    static String explain(Type type) {
        return ("the names of the constructor parameters of a record in %s are gone, so JSON-B cannot fill it. They are lost in an image made by jlink --strip-debug or --strip-java-debug-attributes, and by some obfuscators: keep them, or give the record a @JsonbCreator with a @JsonbProperty for each parameter")
                .formatted(type.getTypeName());
    }

    @Nullable
    Object read(Jsonb jsonb, String text, Type type) throws ReflectiveOperationException {
        return bind(jsonb, json.parse(text), type, Map.of());
    }

    // Binding

    private @Nullable Object bind(Jsonb jsonb, JsonValue value, Type type, Map<TypeVariable<?>, Type> known)
            throws ReflectiveOperationException {
        Type resolved = RecordTypes.resolve(type, known);
        Class<?> raw = resolved instanceof ParameterizedType generic
                ? RecordTypes.raw(generic)
                : resolved instanceof Class<?> simple ? simple : Object[].class;
        if (value.equals(JsonValue.NULL)) {
            return none(raw);
        }
        if (!RecordTypes.areNameless(resolved)) {
            return jsonb.fromJson(value.toString(), resolved);
        }
        if (raw.isRecord()) {
            return bindRecord(jsonb, value, raw,
                    resolved instanceof ParameterizedType generic ? RecordTypes.variables(generic, known) : Map.of());
        }
        if (raw == Optional.class) {
            return Optional.ofNullable(bind(jsonb, value, argument(resolved, 0), known));
        }
        if (raw.isArray() || resolved instanceof GenericArrayType) {
            return bindArray(jsonb, value, resolved, known);
        }
        if (value instanceof JsonArray array && raw.isAssignableFrom(ArrayList.class)) {
            return bindAll(jsonb, array, argument(resolved, 0), known, new ArrayList<>());
        }
        if (value instanceof JsonArray array && raw.isAssignableFrom(LinkedHashSet.class)) {
            return bindAll(jsonb, array, argument(resolved, 0), known, new LinkedHashSet<>());
        }
        if (value instanceof JsonObject object && raw.isAssignableFrom(LinkedHashMap.class)
                && argument(resolved, 0) == String.class) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, JsonValue> entry : object.entrySet()) {
                map.put(entry.getKey(), bind(jsonb, entry.getValue(), argument(resolved, 1), known));
            }
            return map;
        }
        throw new NamesGoneException(explain(resolved));
    }

    private Object bindRecord(Jsonb jsonb, JsonValue value, Class<?> type, Map<TypeVariable<?>, Type> known)
            throws ReflectiveOperationException {
        if (!(value instanceof JsonObject object)) {
            throw new IllegalStateException("an object is expected for the record " + type.getName());
        }
        checkAnnotations(type, type);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable
        Object[] parts = new @Nullable Object[components.length];
        for (int n = 0; n < components.length; n++) {
            JsonValue part = object.getOrDefault(name(type, components[n]), JsonValue.NULL);
            parts[n] = bind(jsonb, part, components[n].getGenericType(), known);
        }
        Constructor<?> constructor = RecordTypes.canonical(type);
        constructor.setAccessible(true);
        return constructor.newInstance(parts);
    }

    private static String name(Class<?> type, RecordComponent component) {
        List<AnnotatedElement> places = new ArrayList<>(List.of(component, component.getAccessor()));
        try {
            places.add(type.getDeclaredField(component.getName()));
        } catch (NoSuchFieldException never) {
            // Every component has a field.
        }
        String name = component.getName();
        for (AnnotatedElement place : places) {
            checkAnnotations(type, place);
            JsonbProperty property = place.getAnnotation(JsonbProperty.class);
            if (property != null && !property.value().isEmpty()) {
                name = property.value();
            }
        }
        return name;
    }

    private static void checkAnnotations(Class<?> type, AnnotatedElement place) {
        for (Annotation each : place.getAnnotations()) {
            Class<?> kind = each.annotationType();
            if (kind.getPackage() == JsonbProperty.class.getPackage() && kind != JsonbProperty.class
                    && kind != JsonbTransient.class) {
                throw new NamesGoneException("@%s does not work here: %s".formatted(kind.getSimpleName(),
                        explain(type)));
            }
        }
    }

    private Object bindArray(Jsonb jsonb, JsonValue value, Type type, Map<TypeVariable<?>, Type> known)
            throws ReflectiveOperationException {
        Type element = type instanceof GenericArrayType generic
                ? RecordTypes.resolve(generic.getGenericComponentType(), known)
                : Objects.requireNonNull(((Class<?>) type).getComponentType());
        Class<?> raw = element instanceof ParameterizedType generic ? RecordTypes.raw(generic) : (Class<?>) element;
        JsonArray array = value.asJsonArray();
        Object made = Array.newInstance(raw, array.size());
        for (int n = 0; n < array.size(); n++) {
            Array.set(made, n, bind(jsonb, array.get(n), element, known));
        }
        return made;
    }

    private Collection<@Nullable Object> bindAll(Jsonb jsonb, JsonArray array, Type element,
            Map<TypeVariable<?>, Type> known, Collection<@Nullable Object> to) throws ReflectiveOperationException {
        for (JsonValue each : array) {
            to.add(bind(jsonb, each, element, known));
        }
        return to;
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    /** Returns the value of a component that the JSON does not have. */
    private static @Nullable Object none(Class<?> type) {
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == java.util.OptionalInt.class) {
            return java.util.OptionalInt.empty();
        }
        if (type == java.util.OptionalLong.class) {
            return java.util.OptionalLong.empty();
        }
        if (type == java.util.OptionalDouble.class) {
            return java.util.OptionalDouble.empty();
        }
        return type.isPrimitive() && type != void.class ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
