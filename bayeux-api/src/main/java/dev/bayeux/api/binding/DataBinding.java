package dev.bayeux.api.binding;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Binds data to Java types: makes JSON text of objects, and objects of JSON text. By default a client binds with the
 * implementation that it finds with {@link java.util.ServiceLoader}, such as {@code dev.bayeux:bayeux-jackson}, and with
 * JSON-B if it finds none. {@link dev.bayeux.api.ClientBuilder#binding} sets another.
 *
 * <p>The client asks for a binding only when it first needs one. JSON values, {@link dev.bayeux.api.RawJson},
 * {@link dev.bayeux.api.BinaryData} and, without a binding of the program's own, strings, numbers, maps and lists to
 * publish need none.
 *
 * <p>An implementation must be safe for use by any number of threads; the client calls it on threads of the program.
 * An exception of it becomes the cause of a {@link dev.bayeux.api.error.PayloadException}. It must not change after a
 * client has used it. The client does not close it.
 */
public interface DataBinding {

    /**
     * Makes JSON text of an object.
     *
     * @param data what the program publishes; never {@code null}
     * @return one JSON value
     * @throws Exception if that is not possible
     */
    String toJson(Object data) throws Exception;

    /**
     * Makes an object of JSON text.
     *
     * @param text one JSON value; never the text {@code null}
     * @param type the type that the program wants, with its parameters
     * @return an object of that type
     * @throws Exception if that is not possible
     */
    @Nullable
    Object fromJson(String text, Type type) throws Exception;
}
