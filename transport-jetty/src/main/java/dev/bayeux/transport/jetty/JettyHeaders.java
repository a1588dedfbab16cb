package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.http.HeaderRules;
import java.util.List;
import java.util.Map;

/** Rejects headers that would break a request, since Jetty would send them, or replace some of their characters. */
final class JettyHeaders {

    /** The most bytes of all headers of a request: many times what servers accept by default. */
    static final int MOST_BYTES = 65_536;

    /** The characters between the name and the value of a header, and after the value. */
    private static final int SEPARATORS = 4;

    private static final String[] SET_BY_JETTY = {"connection", "content-length", "expect", "host", "transfer-encoding",
            "upgrade"};
    private static final String OF_SOCKETS = "sec-websocket-";

    private JettyHeaders() {
    }

    static void check(Map<String, List<String>> headers) {
        long bytes = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            bytes += checkedBytes(header.getKey(), header.getValue());
        }
        if (bytes > MOST_BYTES) {
            throw new ConfigurationException(
                    "The headers of a request have %d bytes; at most %d can be sent. Is a token, or are cookies, as long as that? Nothing was sent."
                            .formatted(bytes, MOST_BYTES));
        }
    }

    /** Checks one header, and returns its bytes. Makes no iterator, since it runs for each header of each request. */
    private static long checkedBytes(String name, List<String> values) {
        if (isSetByJetty(name)) {
            throw new ConfigurationException(
                    "The header %s cannot be given: the HTTP client sets it by itself.".formatted(name));
        }
        long bytes = 0;
        for (int n = 0; n < values.size(); n++) {
            String value = values.get(n);
            bytes += (long) name.length() + value.length() + SEPARATORS;
            HeaderRules.problemOf(name, value).ifPresent(problem -> {
                throw new ConfigurationException(problem);
            });
        }
        return bytes;
    }

    private static boolean isSetByJetty(String name) {
        for (String each : SET_BY_JETTY) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return name.regionMatches(true, 0, OF_SOCKETS, 0, OF_SOCKETS.length());
    }
}
