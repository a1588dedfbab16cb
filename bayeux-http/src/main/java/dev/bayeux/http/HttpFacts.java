package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.Redirects;
import dev.bayeux.api.spi.TransportContext;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Holds what all transports over HTTP share: the headers of upgrades, and what a status or a failure means. */
final class HttpFacts {

    private static final int MOST_OF_A_REASON = 200;

    /** The longest wait: a longer one makes no difference, and could exceed the range of {@code Instant} computations. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(365);

    private HttpFacts() {
    }

    /** Returns the headers of an upgrade: those of the program, and the client's cookies for the server. */
    static Map<String, List<String>> headers(TransportContext context) {
        return OutgoingHeaders.own(context, context.uri());
    }

    /** Returns scheme, host, port and path for texts; a query or user information may contain secrets. */
    static String place(URI uri) {
        // Runs for each request, and a format would take longer than everything else here.
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getPath() == null ? "" : uri.getPath());
    }

    /**
     * Says what a program can do about a status; begins with a blank.
     *
     * @param reply the status and the headers
     * @param context whose redirects may be followed
     * @param upgrade whether the request was for a WebSocket
     */
    static String hint(HttpReply reply, TransportContext context, boolean upgrade) {
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 -> redirected(reply.header("Location"), context, upgrade);
            case 101 ->
                " It does not accept the WebSocket as the protocol demands: does a proxy, or something other than a Bayeux server, answer there?";
            case 204, 205 -> " It has sent no messages: something other than a Bayeux server seems to answer there.";
            case 206 -> " It has sent a part of its reply: a proxy or cache seems to change requests.";
            case 400 -> " It does not understand the request: is it a Bayeux server, and is the path right?";
            case 401, 403 -> " The credentials are missing, wrong or have expired.";
            case 404 -> " Is the path right? Bayeux servers are often at /cometd, /bayeux or /faye.";
            case 405, 501 -> " It does not accept this method: is the path right?";
            case 407 -> " A proxy asks for credentials: set HttpSettings.withProxyLogin.";
            case 408, 504 ->
                " The server, or a proxy before it, has stopped waiting: does a proxy wait for less time than the server holds a request?";
            case 410 -> " The server says that this path no longer exists: has the server moved?";
            case 413 ->
                " The request is too large for the server; a smaller maxRequestBytes makes smaller requests of several messages.";
            case 414 -> " The address is too long for the server; a smaller withMaxUriLength makes shorter ones.";
            case 415 -> " It does not accept JSON: is it a Bayeux server, and is the path right?";
            case 426 -> " It asks for another protocol: does it want https, or another version of HTTP?";
            case 429 -> " It asks for fewer requests; the client waits for as long as it says (Retry-After).";
            case 500 -> " The server's log may say why.";
            case 502, 503 -> " The server, or the one behind this proxy, is down or too busy.";
            case 431 ->
                " The request's headers are too large for the server: send fewer or shorter ones, such as a shorter token, or raise the server's limit. They are the program's, those of its credentials, and cookies.";
            case 511 -> " The network requires a login, as networks of hotels do: log in with a browser first.";
            default -> reply.status() < 400
                    ? " Something other than a Bayeux server seems to answer there: is the address right?"
                    : " The log of the server, or of a proxy before it, may say why.";
        };
    }

    private static String redirected(String location, TransportContext context, boolean upgrade) {
        String target = location.isBlank() ? "" : " It redirects to %s.".formatted(target(context.uri(), location));
        if (upgrade) {
            return target + " Redirects of a WebSocket are not followed: use the new address.";
        }
        return target + (context.http().redirects().equals(Redirects.NEVER)
                ? " The redirect is not followed. If the server has moved, use its new address; HttpSettings.withRedirects lets requests follow some, but no WebSocket, and no POST that would become a GET."
                : " The redirect is not followed: it leads to an origin that HttpSettings.withRedirects does not allow, or would make the POST a GET. If the server has moved, use its new address.");
    }

    private static String target(URI from, String location) {
        try {
            URI to = from.resolve(location.strip());
            return to.getHost() == null ? "something that is no address" : place(to);
        } catch (IllegalArgumentException unreadable) {
            return "something that is no address";
        }
    }

    /**
     * Interprets a failure of the HTTP stack: no connection, an answer that is not HTTP, or else a lost connection.
     *
     * @param what the request, for texts
     */
    static TransportException translate(IOException failed, URI uri, String what) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new TransportException(Problem.UNKNOWN_HOST,
                        "The host of %s is unknown. Is it spelled right, and does this machine have a name service?"
                                .formatted(place(uri)),
                        failed);
            }
            if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException
                    || isNotTls(cause)) {
                return new TransportException(Problem.UNTRUSTED,
                        "No trusted TLS connection to %s: %s".formatted(place(uri), cause.getMessage()), failed);
            }
            if (cause instanceof ProtocolException) {
                // Not added as a cause: its text may repeat a header, and so a cookie.
                return new TransportException(Problem.UNREADABLE,
                        "The answer of %s to %s is not valid HTTP: %s. Does something other than an HTTP server answer there, or does a proxy change its answers?"
                                .formatted(place(uri), what, withoutQuotations(cause.getMessage())),
                        null);
            }
        }
        if (failed instanceof ConnectException || failed instanceof NoRouteToHostException) {
            return new TransportException(Problem.NOT_CONNECTED,
                    "No connection to %s%s: %s. Is the server running there, and does no firewall block this machine?"
                            .formatted(place(uri), ServerAddresses.of(uri), reason(failed)),
                    failed);
        }
        return new TransportException(Problem.LOST,
                "The connection to %s was lost before %s was answered: %s. Has the server, or a proxy before it, been restarted, or closed the connection for being idle?"
                        .formatted(place(uri), what, reason(failed)),
                failed);
    }

    /** Whether the server does not speak TLS, for which the JDK has no type of exception. */
    private static boolean isNotTls(Throwable cause) {
        return cause instanceof SSLException
                && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("unrecognized ssl message");
    }

    private static String reason(IOException failed) {
        if (failed instanceof ConnectException) {
            // The JDK's client gives no message, and a misleading cause.
            return failed.getMessage() == null ? "it was refused" : withoutQuotations(failed.getMessage());
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
                return "the server closed it";
            }
            String text = cause.getMessage();
            if (text != null && !text.isBlank()) {
                return withoutQuotations(text);
            }
        }
        return "no reason is known";
    }

    /**
     * Removes quoted text from a failure: it may be text of the server, with secrets or control characters, and of any
     * length.
     */
    private static String withoutQuotations(@Nullable String text) {
        String bare = String.valueOf(text).replaceAll("(?s)\".*\"", "...")
                .replaceAll("(?s)receiving \\[.*]", "receiving ...")
                .replaceAll("\\p{Cntrl}+", " ").replaceAll("\\.$", "");
        return bare.length() <= MOST_OF_A_REASON ? bare : bare.substring(0, MOST_OF_A_REASON) + "...";
    }

    /** Reads a number of seconds or a date (RFC 9110, 10.2.3); {@code null} for anything else. */
    static @Nullable Duration retryAfter(HttpReply reply) {
        String value = reply.header("Retry-After").strip();
        try {
            if (value.isEmpty()) {
                return null;
            }
            if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                BigInteger seconds = new BigInteger(value);
                return seconds.bitLength() < Integer.SIZE && seconds.intValue() < LONGEST_RETRY_AFTER.toSeconds()
                        ? Duration.ofSeconds(seconds.intValue())
                        : LONGEST_RETRY_AFTER;
            }
            ZonedDateTime until = ZonedDateTime.parse(value,
                    DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
            Duration wait = Duration.between(ZonedDateTime.now(until.getZone()), until);
            if (wait.isNegative()) {
                return Duration.ZERO;
            }
            return wait.compareTo(LONGEST_RETRY_AFTER) < 0 ? wait : LONGEST_RETRY_AFTER;
        } catch (DateTimeParseException | NumberFormatException unreadable) {
            return null;
        }
    }
}
