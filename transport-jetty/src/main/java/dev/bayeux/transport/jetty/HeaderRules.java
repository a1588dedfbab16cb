package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/** Refuses headers that would break a request: Jetty sends them, or replaces some of their characters. */
final class HeaderRules {

    private static final Set<String> SET_BY_JETTY = Set.of("connection", "content-length", "expect", "host",
            "transfer-encoding", "upgrade");
    private static final String OTHER_NAME_CHARACTERS = "!#$%&'*+.^_`|~-";

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
            if (SET_BY_JETTY.contains(lower) || lower.startsWith("sec-websocket-") || !isName(name)
                    || !areValues(values)) {
                // The value may be a secret.
                throw new ConfigurationException(
                        "The HTTP client does not accept the header %s: either it sets that one by itself, or the name or the value has characters that a header cannot have."
                                .formatted(name));
            }
        });
    }

    /** RFC 9110, 5.6.2. */
    private static boolean isName(String name) {
        for (int n = 0; n < name.length(); n++) {
            char c = name.charAt(n);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
                    && OTHER_NAME_CHARACTERS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** RFC 9110, 5.5. */
    private static boolean areValues(List<String> values) {
        for (String value : values) {
            for (int n = 0; n < value.length(); n++) {
                char c = value.charAt(n);
                if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                    return false;
                }
            }
        }
        return true;
    }
}
