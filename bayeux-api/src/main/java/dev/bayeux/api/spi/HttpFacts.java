package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What all transports over HTTP share: which headers go out, and what a status or a failure means. */
final class HttpFacts {

    private HttpFacts() {
    }

    /** The client's cookies for its server, and over them the program's headers. */
    static Map<String, List<String>> headers(TransportContext context) throws IOException {
        Map<String, List<String>> headers = cookies(context.cookies().get(context.uri(), Map.of()));
        context.headers().headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return headers;
    }

    /** What a store has given for a place, as headers; to be added to. */
    static Map<String, List<String>> cookies(Map<String, List<String>> stored) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        stored.forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name, List.of(String.join("; ", values)));
            }
        });
        return headers;
    }

    /** Scheme, host, port and path; a query or user information may hold secrets. */
    static String place(URI uri) {
        return "%s://%s%s%s".formatted(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? "" : ":" + uri.getPort(),
                uri.getPath() == null ? "" : uri.getPath());
    }

    /** What a program can do about a status, with a blank before it; empty where nothing is known. */
    static String hint(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                " The redirect is not followed. If the server has moved, use its new address; HttpSettings.withRedirects lets requests follow some, but no WebSocket, and no POST that would become a GET.";
            case 401, 403 -> " The credentials are missing, wrong or have expired.";
            case 404 -> " Is the path right? Bayeux servers are often at /cometd, /bayeux or /faye.";
            case 407 -> " A proxy asks for credentials.";
            case 413 ->
                " The request is longer than the server accepts; a smaller maxRequestBytes makes smaller requests of several messages.";
            default -> "";
        };
    }

    /** What a failure of the stack was: no connection, or else one that was lost. */
    static TransportException translate(IOException failed, URI uri) {
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

    /** A number of seconds or a date (RFC 9110, 10.2.3); anything else is as if it were not there. */
    static @Nullable Duration retryAfter(HttpReply reply) {
        String value = reply.header("Retry-After").strip();
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
