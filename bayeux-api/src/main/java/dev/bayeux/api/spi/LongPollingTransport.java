package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The connection type {@code long-polling} over any HTTP client: what is sent, which headers, what counts as an answer
 * and what a failure was (PROTOCOL 5.1, C-106 to C-111). The client itself is an {@link HttpExchanger}.
 */
public final class LongPollingTransport implements Transport {

    /** The connection type's name in the protocol. */
    public static final String CONNECTION_TYPE = "long-polling";

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s;\"']+)",
            Pattern.CASE_INSENSITIVE);

    private final TransportContext context;
    private final HttpExchanger http;

    /**
     * Over one HTTP client.
     *
     * @param context what the provider was opened with
     * @param http the HTTP client; closed with this transport
     */
    public LongPollingTransport(TransportContext context, HttpExchanger http) {
        this.context = context;
        this.http = http;
    }

    @Override
    public String send(Batch batch) throws InterruptedException {
        URI uri = context.uri();
        ReplyBuffer body = new ReplyBuffer(context.maxReplyBytes());
        HttpReply reply;
        try {
            byte[] bytes = batch.text().getBytes(StandardCharsets.UTF_8);
            reply = http.exchange(new HttpCall(uri, headers(), bytes, batch.limit(), body));
            ResponseCookies.store(context.cookies(), uri, reply.headers());
        } catch (TimeoutException late) {
            throw new TransportException(Problem.TIMED_OUT,
                    "No complete answer from %s within %d ms.".formatted(HttpFacts.place(uri),
                            batch.limit().toMillis()),
                    late);
        } catch (IOException failed) {
            throw HttpFacts.translate(failed, uri);
        }
        if (reply.status() != 200) {
            throw TransportException.ofStatus(reply.status(), HttpFacts.retryAfter(reply),
                    "%s answered with HTTP status %d.%s".formatted(HttpFacts.place(uri), reply.status(),
                            HttpFacts.hint(reply.status())));
        }
        return body.text(charset(reply.header("Content-Type")));
    }

    @Override
    public void close() {
        http.close();
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = HttpFacts.headers(context);
        headers.putIfAbsent("Content-Type", List.of("application/json;charset=UTF-8"));
        return headers;
    }

    private static Charset charset(String contentType) {
        Matcher matcher = CHARSET.matcher(contentType);
        if (!matcher.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(matcher.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new TransportException(Problem.UNREADABLE,
                    "The server's reply is in a charset that is not known here: %s".formatted(matcher.group(1)),
                    unknown);
        }
    }
}
