package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/** Refuses headers that would break a request: Jetty sends them, or replaces some of their characters. */
final class HeaderRules {

    private static final Set<String> SET_BY_JETTY = Set.of("connection", "content-length", "expect", "host",
            "transfer-encoding", "upgrade");
    /** RFC 9110, 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** RFC 9110, 5.5. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private HeaderRules() {
    }

    /** Puts the headers in place of Jetty's own of the same names. */
    static void apply(Map<String, List<String>> headers, HttpFields.Mutable fields) {
        check(headers);
        headers.forEach(fields::put);
    }

    static void check(Map<String, List<String>> headers) {
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (SET_BY_JETTY.contains(lower) || lower.startsWith("sec-websocket-") || !NAME.matcher(name).matches()
                    || !values.stream().allMatch(value -> VALUE.matcher(value).matches())) {
                // The value may be a secret.
                throw new ConfigurationException(
                        "The HTTP client does not accept the header %s: either it sets that one by itself, or the name or the value has characters that a header cannot have."
                                .formatted(name));
            }
        });
    }
}
