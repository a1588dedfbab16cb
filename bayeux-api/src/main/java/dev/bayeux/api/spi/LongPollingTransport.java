package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

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
            reply = http.exchange(new HttpCall(uri, headers(uri), bytes, batch.limit(), body));
            context.cookies().put(uri, reply.headers());
        } catch (TimeoutException late) {
            throw new TransportException(Problem.TIMED_OUT,
                    "No complete answer from %s within %d ms.".formatted(place(uri), batch.limit().toMillis()), late);
        } catch (IOException failed) {
            throw translate(failed, uri);
        }
        if (reply.status() != 200) {
            throw TransportException.ofStatus(reply.status(), retryAfter(reply.header("Retry-After").strip()),
                    statusText(reply, uri));
        }
        return body.text(charset(reply.header("Content-Type")));
    }

    @Override
    public void close() {
        http.close();
    }

    private Map<String, List<String>> headers(URI uri) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", List.of("application/json;charset=UTF-8"));
        context.cookies().get(uri, Map.of()).forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name, List.of(String.join("; ", values)));
            }
        });
        context.headers().headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return headers;
    }

    private static String statusText(HttpReply reply, URI uri) {
        String hint = switch (reply.status()) {
            case 301, 302, 303, 307, 308 ->
                " Redirects are not followed; if the server has moved, use its new address.";
            case 401, 403 -> " The credentials are missing, wrong or have expired.";
            case 404 -> " Is the path right? Bayeux servers are often at /cometd, /bayeux or /faye.";
            case 407 -> " A proxy asks for credentials.";
            case 413 -> " The request is too large for the server; a smaller maxRequestBytes makes smaller requests.";
            default -> "";
        };
        return "%s answered with HTTP status %d.%s".formatted(place(uri), reply.status(), hint);
    }

    private static TransportException translate(IOException failed, URI uri) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new TransportException(Problem.UNKNOWN_HOST,
                        "The host of %s is unknown. Is it spelled right, and does this machine have a name service?"
                                .formatted(place(uri)),
                        failed);
            }
            if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
                return new TransportException(Problem.UNTRUSTED,
                        "No trusted TLS connection to %s: %s".formatted(place(uri), cause.getMessage()), failed);
            }
        }
        if (failed instanceof ConnectException || failed instanceof NoRouteToHostException) {
            return new TransportException(Problem.NOT_CONNECTED, "No connection to %s.".formatted(place(uri)), failed);
        }
        return new TransportException(Problem.LOST, "The connection to %s was lost.".formatted(place(uri)), failed);
    }

    /** Scheme, host, port and path; a query or user information may hold secrets. */
    private static String place(URI uri) {
        return "%s://%s%s%s".formatted(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? "" : ":" + uri.getPort(),
                uri.getPath() == null ? "" : uri.getPath());
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

    /** A number of seconds or a date (RFC 9110, 10.2.3); anything else is as if it were not there. */
    private static @Nullable Duration retryAfter(String value) {
        try {
            if (value.isEmpty()) {
                return null;
            }
            if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            ZonedDateTime until = ZonedDateTime.parse(value,
                    DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
            Duration wait = Duration.between(ZonedDateTime.now(until.getZone()), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException | NumberFormatException unreadable) {
            return null;
        }
    }
}
