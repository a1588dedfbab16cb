package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.http.HeaderRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * Headers as Jetty sends them. Rejects those that would break a request, since Jetty would send them, or replace some of
 * their characters.
 *
 * @param fields the headers
 */
record JettyHeaders(HttpFields fields) {

    /** The most bytes of all headers of a request: many times what servers accept by default. */
    static final int MOST_BYTES = 65_536;

    /** The characters between the name and the value of a header, and after the value. */
    private static final int SEPARATORS = 4;

    private static final Set<String> SET_BY_JETTY = Set.of("connection", "content-length", "expect", "host",
            "transfer-encoding", "upgrade");

    static JettyHeaders of(Map<String, List<String>> headers) {
        check(headers);
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach(fields::put);
        return new JettyHeaders(fields.asImmutable());
    }

    /** Adds the headers to a request, and replaces those with the same names. */
    void addTo(HttpFields.Mutable request) {
        for (HttpField field : fields) {
            request.remove(field.getName());
        }
        request.add(fields);
    }

    static void check(Map<String, List<String>> headers) {
        long bytes = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                bytes += (long) header.getKey().length() + value.length() + SEPARATORS;
            }
        }
        if (bytes > MOST_BYTES) {
            throw new ConfigurationException(
                    "The headers of a request have %d bytes; at most %d can be sent. Is a token, or are cookies, as long as that? Nothing was sent."
                            .formatted(bytes, MOST_BYTES));
        }
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (SET_BY_JETTY.contains(lower) || lower.startsWith("sec-websocket-")) {
                throw new ConfigurationException(
                        "The header %s cannot be given: the HTTP client sets it by itself.".formatted(name));
            }
            values.forEach(value -> HeaderRules.problemOf(name, value).ifPresent(problem -> {
                throw new ConfigurationException(problem);
            }));
        });
    }
}
