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
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests and their answers, as every transport over HTTP wants them: cookies and the program's headers go out, cookies
 * are stored, compression is undone, redirects are followed as far as they may be, and what is no answer becomes an
 * exception (PROTOCOL 5.1, C-107 to C-111).
 */
final class HttpConversation implements AutoCloseable {

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s;\"']+)",
            Pattern.CASE_INSENSITIVE);

    private final TransportContext context;
    private final HttpExchanger http;
    private final Places places;
    private final OutgoingHeaders headers;
    /** A server says the same each time, and in a way of its own: Faye has a blank where CometD has none. */
    private volatile ContentType lastType = new ContentType("", StandardCharsets.UTF_8);

    private record ContentType(String text, Charset charset) {}

    HttpConversation(TransportContext context, HttpExchanger http) {
        this.context = context;
        this.http = http;
        this.places = new Places(context);
        this.headers = new OutgoingHeaders(context);
    }

    /** {@return where the server is, as far as is known} */
    URI home() {
        return places.home();
    }

    /**
     * Asks, and waits for the answer; follows where the server sends us, if it may.
     *
     * @param suffix what is added to {@link #home()} for this request
     * @param usual headers that the program's own may replace
     * @return the body as text
     */
    String ask(String method, String suffix, Map<String, String> usual, byte[] body, Duration limit)
            throws InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        Places.Way way = places.new Way(method, suffix.isEmpty() ? home() : URI.create(home() + suffix), suffix);
        Duration left = limit;
        try {
            while (true) {
                ReplyBuffer answer = new ReplyBuffer(context.maxReplyBytes());
                HttpReply reply = http
                        .exchange(new HttpCall(method, way.at(), headers.of(way, usual), body, left, answer));
                ResponseCookies.store(way.cookies(), way.at(), reply.headers());
                if (reply.status() == 200) {
                    way.arrived();
                    return text(reply, answer);
                }
                if (!way.follow(reply)) {
                    throw TransportException.ofStatus(reply.status(), HttpFacts.retryAfter(reply),
                            "%s answered with HTTP status %d.%s".formatted(HttpFacts.place(way.at()), reply.status(),
                                    HttpFacts.hint(reply.status())));
                }
                left = Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime()));
            }
        } catch (TimeoutException late) {
            // The next one, too, would wait in vain if it shared a connection that is dead, as it does over HTTP/2.
            http.dropConnections();
            throw new TransportException(Problem.TIMED_OUT, "No complete answer from %s within %d ms."
                    .formatted(HttpFacts.place(way.at()), limit.toMillis()), late);
        } catch (IOException failed) {
            throw HttpFacts.translate(failed, way.at());
        }
    }

    private String text(HttpReply reply, ReplyBuffer answer) {
        return Codings.undo(reply.header("Content-Encoding"), answer, context.maxReplyBytes())
                .text(knownCharset(reply.header("Content-Type")));
    }

    /** Later requests go over other connections. */
    void dropConnections() {
        http.dropConnections();
    }

    @Override
    public void close() {
        http.close();
    }

    private Charset knownCharset(String contentType) {
        ContentType type = lastType;
        if (!type.text().equals(contentType)) {
            type = new ContentType(contentType, charset(contentType));
            lastType = type;
        }
        return type.charset();
    }

    private static Charset charset(String contentType) {
        if (contentType.indexOf(';') < 0) {
            return StandardCharsets.UTF_8;
        }
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
