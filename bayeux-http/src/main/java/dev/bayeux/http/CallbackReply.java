package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the messages in the JavaScript that answers callback-polling: {@code name([...])} of CometD,
 * {@code /**}{@code /name([...]);} of Faye, {@code typeof name === 'function' && name([...])} of others. It only reads the
 * text, and never runs it.
 */
final class CallbackReply {

    /** The name of the function that servers call by default. */
    static final String FUNCTION = "jsonpcallback";

    private static final Pattern BEFORE = Pattern.compile(
            "\\s*(?:/\\*.*?\\*/\\s*)*+(?:typeof\\s+%1$s\\s*===?\\s*(?:'function'|\"function\")\\s*&&\\s*)?+%1$s\\s*+\\("
                    .formatted(FUNCTION),
            Pattern.DOTALL);
    private static final Pattern AFTER = Pattern.compile("\\)\\s*;?\\s*");

    private CallbackReply() {
    }

    /**
     * Removes the call around the messages. Returns JSON without a call, a page of HTML and an empty text unchanged: the
     * caller handles those for all transports.
     *
     * @param server the server that sent it, for texts
     * @throws TransportException with {@link Problem#UNREADABLE} if the text is anything else
     */
    static String unwrap(String reply, String server) {
        String text = reply.strip();
        if (text.isEmpty() || isJson(text) || text.startsWith("<")) {
            return reply;
        }
        Matcher before = BEFORE.matcher(text);
        int close = text.lastIndexOf(')');
        if (before.lookingAt() && before.end() <= close && AFTER.matcher(text).region(close, text.length()).matches()) {
            String messages = text.substring(before.end(), close);
            if (messages.isBlank() || isJson(messages.strip())) {
                return messages;
            }
        }
        throw new TransportException(Problem.UNREADABLE,
                "%s sent a reply of %d characters that is not a call of %s with messages, as callback-polling needs it. Is there a Bayeux server at that address, and does it offer callback-polling?"
                        .formatted(server, reply.length(), FUNCTION),
                null);
    }

    private static boolean isJson(String text) {
        return text.startsWith("[") && text.endsWith("]") || text.startsWith("{") && text.endsWith("}")
                || text.startsWith("/*") && text.endsWith("*/");
    }
}
