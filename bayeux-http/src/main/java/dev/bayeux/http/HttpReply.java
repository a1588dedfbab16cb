package dev.bayeux.http;

import java.util.List;
import java.util.Map;

/**
 * Holds a response without its body, which went to {@link HttpCall#reply()}.
 *
 * @param status the HTTP status
 * @param headers all headers, their names in any case
 */
public record HttpReply(int status, Map<String, List<String>> headers) {

    /**
     * Finds a header, whatever the case of its name.
     *
     * @param name the name
     * @return the first value, or an empty text
     */
    String header(String name) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty()) {
                return header.getValue().getFirst();
            }
        }
        return "";
    }

    /** Omits the values of headers, which may be cookies. */
    @Override
    public String toString() {
        return "HttpReply[%d, %d headers]".formatted(status, headers.size());
    }
}
