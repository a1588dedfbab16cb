package dev.bayeux.jackson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bayeux.api.binding.DataBinding;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Binds data with Jackson. A client finds it by itself on the class path or module path; a program with a mapper of its
 * own gives it to {@link dev.bayeux.api.ClientBuilder#binding}. Safe for use by any number of threads and clients.
 */
public final class JacksonBinding implements DataBinding {

    private final ObjectMapper mapper;

    /**
     * Binds with a mapper that ignores unknown fields, writes dates as ISO 8601, and has all modules that are found, such
     * as {@code jackson-datatype-jsr310} for {@code java.time}.
     */
    public JacksonBinding() {
        this(JsonMapper.builder().findAndAddModules().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build());
    }

    private JacksonBinding(ObjectMapper mapper) {
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    /**
     * Binds with a mapper of the program.
     *
     * @param mapper must not be configured again after this
     * @return a binding
     */
    public static JacksonBinding of(ObjectMapper mapper) {
        return new JacksonBinding(mapper);
    }

    @Override
    public String toJson(Object data) throws JsonProcessingException {
        return mapper.writeValueAsString(data);
    }

    @Override
    public @Nullable Object fromJson(String text, Type type) throws JsonProcessingException {
        return mapper.readValue(text, mapper.constructType(type));
    }
}
