package dev.bayeux.api.binding;

import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Binds data with a JSON-B instance of the program, for example one with a naming strategy or adapters. Needs
 * {@code jakarta.json.bind:jakarta.json.bind-api} and a provider such as {@code org.eclipse:yasson}. A Java module
 * also says {@code requires jakarta.json.bind}.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="jsonb"}
 */
@SuppressWarnings("exports") // the module is optional, so that no program needs it without this class
public final class JsonbBinding implements DataBinding {

    private final Jsonb jsonb;

    private JsonbBinding(Jsonb jsonb) {
        this.jsonb = Objects.requireNonNull(jsonb, "jsonb");
    }

    /**
     * Makes a binding of an instance.
     *
     * @param jsonb safe for use by several threads; the client does not close it
     * @return a binding
     */
    public static JsonbBinding of(Jsonb jsonb) {
        return new JsonbBinding(jsonb);
    }

    /** {@return the instance} */
    public Jsonb jsonb() {
        return jsonb;
    }

    @Override
    public String toJson(Object data) {
        return jsonb.toJson(data);
    }

    @Override
    public @Nullable Object fromJson(String text, Type type) {
        return jsonb.fromJson(text, type);
    }
}
