package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import dev.bayeux.http.ReplyBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/** Makes a reply or a failure of what Jetty reports at the end of an exchange. */
final class Outcomes {

    private Outcomes() {
    }

    /**
     * Completes an exchange.
     *
     * @param head the reply that was made when the headers arrived, {@code null} if none arrived
     */
    static void finish(CompletableFuture<HttpReply> outcome, @Nullable HttpReply head, Result result,
            ReplyBuffer body) {
        Throwable failure = result.getResponseFailure();
        if (failure == null && result.getResponse().getStatus() > 0) {
            // The request may have failed: the server has answered before it read the whole request.
            outcome.complete(head != null && head.status() == result.getResponse().getStatus()
                    ? head
                    : reply(result.getResponse()));
        } else if (failure instanceof HttpResponseException answered && asksForCredentials(answered.getResponse())) {
            outcome.complete(reply(answered.getResponse()));
        } else if (failure instanceof ClosedChannelException && isWhole(result.getResponse(), body)) {
            outcome.complete(reply(result.getResponse()));
        } else {
            outcome.completeExceptionally(result.getFailure());
        }
    }

    /**
     * Whether all of a response has arrived. Jetty (12.1) reads the last response of a connection that the server has ended
     * with GOAWAY to its end, closes the connection, and then reports the response as failed because its connection was
     * closed.
     */
    private static boolean isWhole(Response response, ReplyBuffer body) {
        return response.getVersion() == HttpVersion.HTTP_2 && response.getStatus() > 0
                && response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) == body.length();
    }

    /**
     * Whether the status of a failure is the server's. Jetty's authentication passes a status on if the client has no
     * credentials for the challenge, but fails if there is no challenge. Other statuses of failures are not the server's: for
     * a response that is not HTTP, Jetty reports 400.
     */
    private static boolean asksForCredentials(Response response) {
        return response.getStatus() == 401 || response.getStatus() == 407;
    }

    /**
     * Throws the exception for a failure that only code with knowledge of Jetty and of the route can interpret.
     *
     * @param failure the exception of Jetty
     * @param route the route of the request
     */
    static void checkConnected(Throwable failure, ProxyRoute route) {
        if (isNotConnected(failure)) {
            throw route.unreachable(Problem.NOT_CONNECTED, String.valueOf(failure.getMessage()), failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException answered && isTunnel(answered.getResponse())) {
                throw route.unreachable(Problem.NOT_CONNECTED,
                        "it refuses a tunnel with HTTP status %d".formatted(answered.getResponse().getStatus()),
                        failure);
            }
        }
        route.checkProxy(failure);
        if (isHeaderTooLarge(failure)) {
            throw new TransportException(Problem.TOO_LARGE,
                    "%s sent a response with headers of more than %d bytes, the most that the client reads. Does a proxy, or a loop in the server, add to them?"
                            .formatted(route.firstHop(), DefaultClient.MOST_RESPONSE_HEADERS),
                    failure);
        }
    }

    /** Whether the headers of a response exceed Jetty's limit. */
    static boolean isHeaderTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException tooLarge && String.valueOf(tooLarge.getReason()).contains("Too Large")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a chunk or a trailer was not valid. Jetty then closes the connection and reports an early end of the stream;
     * only the stack trace shows the difference.
     */
    static boolean isBadBody(Throwable failure) {
        return failure instanceof EOFException
                && Arrays.stream(failure.getStackTrace()).anyMatch(each -> each.getMethodName().equals("badMessage"));
    }

    /**
     * Whether the server has certainly not processed a request over HTTP/2 that has failed: it has said so (GOAWAY with a
     * lower stream, or REFUSED_STREAM), or the session was closed before any of the request was written.
     */
    static boolean isUnprocessed(Throwable failure, Request request, boolean committed) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean refused = cause instanceof IOException && "refused_stream_error".equals(cause.getMessage());
            boolean unwritten = cause instanceof EofException && "dropped".equals(cause.getMessage())
                    || cause instanceof IllegalStateException && "session closed".equals(cause.getMessage());
            if (cause instanceof RetryableRequestException || refused || unwritten) {
                return true;
            }
        }
        return !committed && request.getVersion() == HttpVersion.HTTP_2 && failure instanceof ClosedChannelException;
    }

    private static boolean isTunnel(Response response) {
        return HttpMethod.CONNECT.is(response.getRequest().getMethod());
    }

    /**
     * Whether connecting took too long, or the connection ended during the TLS handshake. Jetty reports the latter as a
     * failed handshake, but this says nothing about trust: a proxy whose server is down ends connections like this.
     */
    private static boolean isNotConnected(Throwable failure) {
        if (failure instanceof SSLHandshakeException) {
            Throwable cause = failure.getCause();
            return "Abruptly closed by peer".equals(failure.getMessage())
                    || cause instanceof IOException && !(cause instanceof SSLException);
        }
        return failure instanceof SocketTimeoutException;
    }

    /** {@return the failure of Jetty's parser if the response is not HTTP; {@code null} for any other failure} */
    static @Nullable HttpException unreadable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException bad) {
                return bad;
            }
        }
        return null;
    }

    static HttpReply reply(Response response) {
        return new HttpReply(response.getStatus(), headers(response.getHeaders()));
    }

    /** Runs on the selector thread, so its time must not grow faster than the number of lines, which the server chooses. */
    static Map<String, List<String>> headers(HttpFields fields) {
        Map<String, List<String>> headers = HashMap.newHashMap(fields.size());
        for (HttpField field : fields) {
            String value = Objects.requireNonNullElse(field.getValue(), "");
            List<String> before = headers.putIfAbsent(field.getName(), List.of(value));
            if (before instanceof ArrayList<String> several) {
                several.add(value);
            } else if (before != null) {
                headers.put(field.getName(), new ArrayList<>(List.of(before.getFirst(), value)));
            }
        }
        return headers;
    }
}
