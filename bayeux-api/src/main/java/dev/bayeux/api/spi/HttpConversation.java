package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests and their answers, as every transport over HTTP wants them: cookies and the program's headers go out, cookies
 * are stored, and what is no answer becomes an exception (PROTOCOL 5.1, C-107 to C-111).
 */
final class HttpConversation implements AutoCloseable {

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s;\"']+)",
            Pattern.CASE_INSENSITIVE);

    private final TransportContext context;
    private final HttpExchanger http;

    HttpConversation(TransportContext context, HttpExchanger http) {
        this.context = context;
        this.http = http;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param usual headers that the program's own may replace
     * @return the body as text
     */
    String ask(String method, URI uri, Map<String, String> usual, byte[] body, Duration limit)
            throws InterruptedException {
        ReplyBuffer answer = new ReplyBuffer(context.maxReplyBytes());
        HttpReply reply;
        try {
            Map<String, List<String>> headers = HttpFacts.headers(context);
            usual.forEach((name, value) -> headers.putIfAbsent(name, List.of(value)));
            reply = http.exchange(new HttpCall(method, uri, headers, body, limit, answer));
            ResponseCookies.store(context.cookies(), context.uri(), reply.headers());
        } catch (TimeoutException late) {
            throw new TransportException(Problem.TIMED_OUT,
                    "No complete answer from %s within %d ms.".formatted(HttpFacts.place(uri), limit.toMillis()), late);
        } catch (IOException failed) {
            throw HttpFacts.translate(failed, uri);
        }
        if (reply.status() != 200) {
            throw TransportException.ofStatus(reply.status(), HttpFacts.retryAfter(reply),
                    "%s answered with HTTP status %d.%s".formatted(HttpFacts.place(uri), reply.status(),
                            HttpFacts.hint(reply.status())));
        }
        return answer.text(charset(reply.header("Content-Type")));
    }

    @Override
    public void close() {
        http.close();
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
