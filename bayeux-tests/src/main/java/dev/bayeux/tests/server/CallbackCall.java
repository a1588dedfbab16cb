package dev.bayeux.tests.server;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes a GET request one of callback-polling: which function the answer is to call, and the batch in its address.
 *
 * @param function the function's name
 * @param target the rest of the address
 * @param batch the batch
 */
record CallbackCall(String function, String target, String batch) {

    private static final String FUNCTION = "jsonp=";
    private static final String BATCH = "message=";

    /** {@code null} if it is another request. */
    static @Nullable CallbackCall of(String method, String target) {
        int query = target.indexOf('?');
        if (!method.equals("GET") || query < 0) {
            return null;
        }
        String function = "";
        String batch = "";
        List<String> others = new ArrayList<>();
        for (String parameter : target.substring(query + 1).split("&")) {
            if (parameter.startsWith(FUNCTION)) {
                function = parameter.substring(FUNCTION.length());
            } else if (parameter.startsWith(BATCH)) {
                batch = URLDecoder.decode(parameter.substring(BATCH.length()), StandardCharsets.UTF_8);
            } else {
                others.add(parameter);
            }
        }
        String rest = target.substring(0, query) + (others.isEmpty() ? "" : "?" + String.join("&", others));
        return function.isEmpty() || batch.isEmpty() ? null : new CallbackCall(function, rest, batch);
    }

    /** As Faye wraps it. Errors, pages and what is packed are left alone. */
    Reply wrap(Reply reply) {
        String type = header(reply, "Content-Type");
        if (reply.status() != 200 || reply.body().length == 0 || type.startsWith("text/html")
                || !header(reply, "Content-Encoding").isEmpty()) {
            return reply;
        }
        Charset charset = charset(type);
        ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
        wrapped.writeBytes(("/**/" + function + "(").getBytes(charset));
        wrapped.writeBytes(reply.body());
        wrapped.writeBytes(");".getBytes(charset));
        return reply.body(wrapped.toByteArray());
    }

    private static Charset charset(String type) {
        return type.toLowerCase(Locale.ROOT).contains("utf-16be")
                ? StandardCharsets.UTF_16BE
                : StandardCharsets.UTF_8;
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue).findFirst().orElse("");
    }
}
