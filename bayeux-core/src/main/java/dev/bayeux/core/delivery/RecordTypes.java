package dev.bayeux.core.delivery;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbCreator;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the records within a type, and whether the names of their constructors' parameters are missing. */
final class RecordTypes {

    private RecordTypes() {
    }

    /** Whether a record that is part of this type has lost the names of its parameters, so that JSON-B would leave it empty. */
    static boolean areNameless(Type type) {
        return needs(type, Map.of(), new HashSet<>());
    }

    private static boolean needs(Type type, Map<TypeVariable<?>, Type> known, Set<Type> seen) {
        Type resolved = resolve(type, known);
        if (!seen.add(resolved)) {
            return false;
        }
        return switch (resolved) {
            case ParameterizedType generic -> Arrays.stream(generic.getActualTypeArguments())
                    .anyMatch(argument -> needs(argument, known, seen))
                    || needsClass(raw(generic), variables(generic, known), seen);
            case GenericArrayType array -> needs(array.getGenericComponentType(), known, seen);
            case Class<?> raw when raw.isArray() -> needs(raw.getComponentType(), known, seen);
            case Class<?> raw -> needsClass(raw, known, seen);
            default -> false;
        };
    }

    private static boolean needsClass(Class<?> raw, Map<TypeVariable<?>, Type> known, Set<Type> seen) {
        if (raw.isPrimitive() || raw.isEnum() || raw.isInterface() || raw.getClassLoader() == null
                || JsonValue.class.isAssignableFrom(raw)) {
            return false;
        }
        if (raw.isRecord()) {
            return isNameless(raw) || Arrays.stream(raw.getRecordComponents())
                    .anyMatch(component -> needs(component.getGenericType(), known, seen));
        }
        for (Class<?> each = raw; each != null && each.getClassLoader() != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && needs(field.getGenericType(), known, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a record has lost the names of its parameters, and has no creator whose annotations give them. */
    private static boolean isNameless(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components.length > 0 && !hasCreator(type)
                && !canonical(type).getParameters()[0].isNamePresent();
    }

    private static boolean hasCreator(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .anyMatch(each -> each.isAnnotationPresent(JsonbCreator.class))
                || Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(each -> each.isAnnotationPresent(JsonbCreator.class));
    }

    static Constructor<?> canonical(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException never) {
            throw new IllegalStateException("every record has one", never);
        }
    }

    static Class<?> raw(ParameterizedType type) {
        return (Class<?>) type.getRawType();
    }

    /** {@return the types that stand for the variables of a generic class} */
    static Map<TypeVariable<?>, Type> variables(ParameterizedType type, Map<TypeVariable<?>, Type> known) {
        Map<TypeVariable<?>, Type> variables = new HashMap<>();
        TypeVariable<?>[] names = raw(type).getTypeParameters();
        for (int n = 0; n < names.length; n++) {
            variables.put(names[n], resolve(type.getActualTypeArguments()[n], known));
        }
        return variables;
    }

    static Type resolve(Type type, Map<TypeVariable<?>, Type> known) {
        return switch (type) {
            case TypeVariable<?> variable -> known.getOrDefault(variable, Object.class);
            case WildcardType wildcard -> resolve(wildcard.getUpperBounds()[0], known);
            case ParameterizedType generic -> new Resolved(raw(generic), Arrays.stream(generic.getActualTypeArguments())
                    .map(argument -> resolve(argument, known)).toList(), generic.getOwnerType());
            default -> type;
        };
    }

    /** A type whose arguments have no variables. */
    private record Resolved(Class<?> raw, List<Type> arguments, @Nullable Type owner) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return owner;
        }

        @Override
        public String toString() {
            return "%s<%s>".formatted(raw.getTypeName(),
                    String.join(", ", arguments.stream().map(Type::getTypeName).toList()));
        }
    }
}
