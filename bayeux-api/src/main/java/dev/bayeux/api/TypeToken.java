package dev.bayeux.api;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Objects;

/**
 * Names a type with its parameters, such as a list of records, which a {@link Class} cannot name. Write it as a
 * sub-class without a body:
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="token"}
 *
 * <p>Immutable and safe for use by any number of threads. The data binding decides which types it can bind.
 *
 * @param <T> the type
 */
public abstract class TypeToken<T> {

    private final Type type;

    /**
     * Makes a token; the sub-class names the type.
     *
     * @throws IllegalStateException if the sub-class names no type, or a type variable, even within another type.
     *             {@code T} of a method is not known at run time, and neither is {@code List<T>}, {@code T[]} or
     *             {@code List<? extends T>}
     */
    protected TypeToken() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)
                || named.getRawType() != TypeToken.class) {
            throw new IllegalStateException(
                    "A type token is a direct sub-class that names its type, as in new TypeToken<List<String>>() {}.");
        }
        this.type = checked(named.getActualTypeArguments()[0]);
    }

    private TypeToken(Type type) {
        this.type = type;
    }

    /** A variable within other types, such as {@code List<T>}, is what makes a binding fail much later, or not at all. */
    private static Type checked(Type type) {
        switch (type) {
            case ParameterizedType several -> {
                checkAll(several.getActualTypeArguments());
                if (several.getOwnerType() != null) {
                    checked(several.getOwnerType());
                }
            }
            case GenericArrayType array -> checked(array.getGenericComponentType());
            case WildcardType wildcard -> {
                checkAll(wildcard.getUpperBounds());
                checkAll(wildcard.getLowerBounds());
            }
            case TypeVariable<?> variable -> throw new IllegalStateException(
                    "\"%s\" is the variable of a generic method or class, of which nothing is known at run time. Name the type itself, or pass a token."
                            .formatted(variable.getName()));
            default -> {
                // A class has no parameters.
            }
        }
        return type;
    }

    private static void checkAll(Type[] types) {
        for (Type type : types) {
            checked(type);
        }
    }

    /**
     * Makes the token of a class.
     *
     * @param <T> the type
     * @param type any class
     * @return its token
     */
    public static <T> TypeToken<T> of(Class<T> type) {
        return new TypeToken<>(Objects.requireNonNull(type, "type")) {
        };
    }

    /**
     * {@return the type, as reflection has it}
     */
    public final Type type() {
        return type;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TypeToken<?> token && token.type.equals(type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    /** The type as Java writes it. */
    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
