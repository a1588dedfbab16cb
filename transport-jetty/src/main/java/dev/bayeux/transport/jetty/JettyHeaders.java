package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.HeaderRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Refuses headers that would break a request: Jetty sends them, or replaces some of their characters. */
final class JettyHeaders {

    private static final Set<String> SET_BY_JETTY = Set.of("connection", "content-length", "expect", "host",
            "transfer-encoding", "upgrade");

    private JettyHeaders() {
    }

    static void check(Map<String, List<String>> headers) {
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
