package dev.bayeux.api.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes JSON arrays apart, without a change to what is in them. */
final class JsonArrays {

    private static final Pattern META_CHANNEL = Pattern.compile("\"channel\"\\s*:\\s*\"/meta/([a-z]+)\"");

    private JsonArrays() {
    }

    /** The elements of an array as texts; a text that is no array is one element. */
    static List<String> elements(String array) {
        String text = array.strip();
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return text.isEmpty() ? List.of() : List.of(text);
        }
        return parts(text);
    }

    /** What a batch is, if it is one meta message: {@code handshake}, {@code connect} and so on; otherwise nothing. */
    static String metaType(String batch) {
        List<String> messages = elements(batch);
        if (messages.size() != 1 || !messages.getFirst().startsWith("{")) {
            return "";
        }
        return parts(messages.getFirst()).stream().map(META_CHANNEL::matcher).filter(Matcher::matches)
                .map(meta -> meta.group(1)).findFirst().orElse("");
    }

    /** What is between the brackets or braces, split at the outer commas. */
    private static List<String> parts(String text) {
        List<String> elements = new ArrayList<>();
        int end = text.length() - 1;
        int depth = 0;
        int from = 1;
        boolean quoted = false;
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == ',' && depth == 0) {
                elements.add(text.substring(from, i).strip());
                from = i + 1;
            } else {
                quoted = c == '"';
                depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            }
        }
        String last = text.substring(from, end).strip();
        if (!last.isEmpty() || !elements.isEmpty()) {
            elements.add(last);
        }
        return elements;
    }
}
