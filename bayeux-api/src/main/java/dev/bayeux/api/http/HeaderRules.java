package dev.bayeux.api.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks headers of requests (RFC 9110, 5.1 and 5.5) before an HTTP client receives them. Some HTTP clients send
 * headers that break the request; others repeat the value in their exception, and it may be a token.
 */
public final class HeaderRules {

    private static final String OTHER_NAME_CHARACTERS = "!#$%&'*+.^_`|~-";

    private HeaderRules() {
    }

    /**
     * Checks one header.
     *
     * @param name the name
     * @param value the value; {@code null} is a problem
     * @return the problem in a sentence without the value; empty if the header can be sent
     */
    public static Optional<String> problemOf(String name, @Nullable String value) {
        if (!isName(name)) {
            return Optional.of("Not the name of an HTTP header: \"%s\"".formatted(name));
        }
        if (value == null || !isValue(value)) {
            return Optional.of(
                    "The value of the header %s cannot be sent: it is missing, or has a character that is not allowed, such as a line end."
                            .formatted(name));
        }
        return Optional.empty();
    }

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

    private static boolean isValue(String value) {
        for (int n = 0; n < value.length(); n++) {
            char c = value.charAt(n);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}
