package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportContext;
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
 * Sends requests and receives their answers for every transport over HTTP. Adds the program's headers and the cookies, stores
 * cookies, decodes compression, follows allowed redirects, and makes an exception of anything that is no answer (protocol.md
 * 5.1, C-107 to C-111).
 */
final class HttpConversation implements AutoCloseable {

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\\s;\"']+)",
            Pattern.CASE_INSENSITIVE);

    private static final int MOST_OF_A_NAME = 40;

    private final TransportContext context;
    private final HttpExchanger http;
    private final boolean answersArePlain;
    private final ServerLocation location;
    private final List<String> accepted;
    /** Most servers send the same content type each time, so it is parsed once. */
    private volatile ContentType lastType = new ContentType("", StandardCharsets.UTF_8);

    private record ContentType(String text, Charset charset) {}

    /** Most requests go to one address, so its text is made once. */
    private volatile Place lastPlace;

    private record Place(URI at, String text) {

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Starts over one HTTP client.
     *
     * @param answersArePlain whether the text of an answer is its messages, and nothing around them
     */
    HttpConversation(TransportContext context, HttpExchanger http, boolean answersArePlain) {
        this.answersArePlain = answersArePlain;
        this.context = context;
        this.http = http;
        this.location = new ServerLocation(context);
        this.lastPlace = new Place(location.home(), HttpFacts.place(location.home()));
        this.accepted = List.of(Codings.accepted(context.http().codings()));
    }

    /** {@return the server's address, or the one to which it has redirected permanently} */
    URI home() {
        return location.home();
    }

    /**
     * Sends a request and waits for the answer; follows redirects that the program allows.
     *
     * @param suffix the text after {@link #home()} in the address of this request
     * @param usual headers that the program's own may replace
     * @return the body as text
     */
    String ask(String method, String suffix, Map<String, List<String>> usual, byte[] body, Duration limit)
            throws InterruptedException {
        ReplyLimit patience = new ReplyLimit(limit, context.replyTimeout(), context.wholeReplyTimeout());
        ServerLocation.RequestTarget target = location.new RequestTarget(method,
                suffix.isEmpty() ? home() : URI.create(home() + suffix), suffix);
        ReplyBuffer answer = answer(target, patience);
        try {
            while (true) {
                HttpReply reply = http
                        .exchange(new HttpCall(method, target.at(), headers(target, usual), body, patience, answer));
                answer.check(reply);
                context.inbox().responded(target.at(), reply.status(), reply.headers());
                ResponseCookies.store(target.cookies(), target.at(), reply.headers());
                if (reply.status() == 200) {
                    target.arrived();
                    return text(reply, answer, place(target.at()));
                }
                if (!target.follow(reply)) {
                    throw TransportException.ofStatus(reply.status(), HttpFacts.retryAfter(reply),
                            ProxyRoute.loginProblem(reply.status(), target.at(), context.http())
                                    .orElseGet(() -> refusal(method, target.at(), reply)));
                }
                answer = answer(target, patience);
            }
        } catch (TimeoutException late) {
            // The next request would also time out if it shared the dead connection, as it does over HTTP/2.
            http.dropConnections();
            brokenOff(target.at(), answer);
            throw new TransportException(Problem.TIMED_OUT, answer.length() == 0
                    ? "No answer from %s to a %s within %d ms. Is the server too busy, or replyTimeout too short?"
                            .formatted(HttpFacts.place(target.at()), method,
                                    limit.toMillis())
                    : "The answer from %s to a %s stopped after %d bytes, or did not end in time. A slow network needs a longer replyTimeout or Timeouts.wholeReply."
                            .formatted(HttpFacts.place(target.at()), method, answer.length()),
                    late);
        } catch (IOException failed) {
            brokenOff(target.at(), answer);
            throw HttpFacts.translate(failed, target.at(), "a " + method);
        }
    }

    private ReplyBuffer answer(ServerLocation.RequestTarget target, ReplyLimit patience) {
        return new ReplyBuffer(context.maxReplyBytes(), place(target.at()), patience::arrived);
    }

    private String place(URI at) {
        Place place = lastPlace;
        if (place.at() != at) {
            place = new Place(at, HttpFacts.place(at));
            lastPlace = place;
        }
        return place.text();
    }

    private String refusal(String method, URI asked, HttpReply reply) {
        return "%s answered a %s with HTTP status %d.%s".formatted(HttpFacts.place(asked), method, reply.status(),
                HttpFacts.hint(reply, context, false));
    }

    private Map<String, List<String>> headers(ServerLocation.RequestTarget target, Map<String, List<String>> usual) {
        Map<String, List<String>> headers = target.isOwn()
                ? OutgoingHeaders.own(context, target.at())
                : OutgoingHeaders.foreign(target.cookies(), target.at());
        usual.forEach(headers::putIfAbsent);
        // Always set: without it HTTP clients add their own default.
        headers.putIfAbsent("Accept-Encoding", accepted);
        return headers;
    }

    private String text(HttpReply reply, ReplyBuffer answer, String server) {
        return Codings.undo(reply.header("Content-Encoding"), answer, context.maxReplyBytes(), server)
                .text(knownCharset(reply.header("Content-Type"), server));
    }

    /** Passes on the part of an answer that arrived before the failure; never throws. */
    private void brokenOff(URI asked, ReplyBuffer answer) {
        HttpReply head = answer.head();
        if (head == null) {
            return;
        }
        context.inbox().responded(asked, head.status(), head.headers());
        if (head.status() != 200 || answer.length() == 0 || !answersArePlain) {
            return;
        }
        try {
            String text = Codings.undoBeginning(head.header("Content-Encoding"), answer, context.maxReplyBytes(), "")
                    .beginning(knownCharset(head.header("Content-Type"), ""));
            if (!text.isBlank()) {
                context.inbox().receivedInPart(text);
            }
        } catch (TransportException unreadable) {
            // The caller reports the failure that cut the answer off.
        }
    }

    /** Makes later requests use other connections. */
    void dropConnections() {
        http.dropConnections();
    }

    @Override
    public void close() {
        http.close();
    }

    private Charset knownCharset(String contentType, String server) {
        ContentType type = lastType;
        if (!type.text().equals(contentType)) {
            type = new ContentType(contentType, charset(contentType, server));
            lastType = type;
        }
        return type.charset();
    }

    /** Shortens a text of the server, which may have any length. */
    private static String cut(String text) {
        return text.length() <= MOST_OF_A_NAME ? text : text.substring(0, MOST_OF_A_NAME) + "...";
    }

    private static Charset charset(String contentType, String server) {
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
                    "%s sent a reply in an unknown charset: %s. Bayeux messages are UTF-8."
                            .formatted(server, cut(matcher.group(1))),
                    null);
        }
    }
}
