package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings.Version;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import dev.bayeux.http.ReplyBuffer;
import dev.bayeux.http.shared.ClientHandle;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Runs exchanges over Jetty's {@link HttpClient}: the calling thread waits, and Jetty's threads pass on what arrives. Jetty
 * sends a request over another connection only if it wrote nothing of it to the first.
 */
final class JettyExchanger implements HttpExchanger {

    /** How often the client sends a request that the server says it has not processed. */
    private static final int MOST_ATTEMPTS = 5;

    private final ClientHandle<HttpClient> handle;
    private final boolean keepAlive;
    private final boolean maybeHttp2;
    private final Set<CompletableFuture<HttpReply>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private JettyExchanger(ClientHandle<HttpClient> handle, boolean keepAlive, boolean maybeHttp2) {
        this.keepAlive = keepAlive;
        this.maybeHttp2 = maybeHttp2;
        this.handle = handle;
    }

    /** Makes an exchanger over the program's client, or over a shared one if {@code own} is {@code null}. */
    static HttpExchanger over(@Nullable HttpClient own, TransportContext context) {
        return new JettyExchanger(own == null ? ClientSettings.handleForHttp(context) : ClientHandle.of(own),
                context.http().keepAlive(), own != null || context.http().version() == Version.HTTP_2);
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        try {
            ClientHandle<HttpClient>.Use use = handle.enter();
            try {
                return exchangeProcessed(use.client(), call);
            } finally {
                use.leave();
            }
        } catch (LinkageError wrong) {
            throw JettyVersion.doesNotFit(wrong);
        }
    }

    /**
     * Sends a request again, over another connection, if an HTTP/2 server ended the connection and said that it did not
     * process the request.
     */
    private HttpReply exchangeProcessed(HttpClient http, HttpCall call)
            throws IOException, TimeoutException, InterruptedException {
        for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return exchange(http, call);
            } catch (UnprocessedException again) {
                if (call.limit().left().isNegative()) {
                    throw notProcessed(call, again);
                }
            }
        }
        try {
            return exchange(http, call);
        } catch (UnprocessedException last) {
            throw notProcessed(call, last);
        }
    }

    private static TransportException notProcessed(HttpCall call, UnprocessedException failure) {
        return new TransportException(Problem.NOT_CONNECTED,
                "%s://%s has closed %d connections over HTTP/2 before it processed the request. Nothing of the request was processed."
                        .formatted(call.uri().getScheme(), call.uri().getRawAuthority(), MOST_ATTEMPTS),
                failure.getCause());
    }

    @SuppressWarnings("CollectionUndefinedEquality") // a future is itself and no other
    private HttpReply exchange(HttpClient http, HttpCall call)
            throws IOException, TimeoutException, InterruptedException {
        ProxyRoutes.Tagged way = ProxyRoutes.choose(http, call.uri(), false);
        ArrivingReply outcome = new ArrivingReply();
        Request sent = null;
        underWay.add(outcome);
        try {
            if (closed) {
                throw closed(null);
            }
            Request request = request(http, call, outcome).tag(way.tag());
            if (maybeHttp2) {
                request.onRequestCommit(begun -> outcome.committed = true);
            }
            sent = request;
            return await(outcome, request, call);
        } catch (CancellationException aborted) {
            throw closed(aborted);
        } catch (ExecutionException failed) {
            Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
            if (sent != null && !closed && Outcomes.isUnprocessed(cause, sent, outcome.committed)) {
                throw new UnprocessedException(cause);
            }
            throw failure(cause, way.route(), call.reply());
        } finally {
            underWay.remove(outcome);
        }
    }

    /** The reply that arrives, and what of it has arrived so far. */
    private static final class ArrivingReply extends CompletableFuture<HttpReply> {

        private volatile boolean committed;
        private volatile @Nullable HttpReply head;
    }

    private static HttpReply await(ArrivingReply outcome, Request request, HttpCall call)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            request.send(result -> Outcomes.finish(outcome, outcome.head, result, call.reply()));
            return call.limit().await(outcome);
        } finally {
            if (outcome.isCancelled() || !outcome.isDone()) {
                request.abort(new CancellationException("No caller waits for the response any more."));
            }
        }
    }

    @Override
    public void dropConnections() {
        handle.renew();
    }

    @Override
    public void close() {
        closed = true;
        // The thread that waits for one of these aborts its request.
        underWay.forEach(outcome -> outcome.cancel(true));
        handle.close();
    }

    private Request request(HttpClient http, HttpCall call, ArrivingReply outcome) {
        JettyHeaders.check(call.headers());
        // No idle timeout: the server decides how long it holds a connect, so only the caller's limit applies.
        Request request = http.newRequest(call.uri()).method(call.method()).followRedirects(false)
                .idleTimeout(0, TimeUnit.MILLISECONDS)
                .headers(fields -> call.headers().forEach(fields::put))
                .onResponseHeaders(response -> {
                    HttpReply head = Outcomes.reply(response);
                    outcome.head = head;
                    call.reply().begin(head);
                })
                .onResponseContent((response, chunk) -> call.reply().append(chunk));
        if (!keepAlive) {
            request.headers(fields -> fields.put(HttpFields.CONNECTION_CLOSE));
        }
        return HttpMethod.GET.is(call.method())
                ? request
                : request.body(new RequestBody(call.body()));
    }

    private IOException failure(Throwable failure, ProxyRoute route, ReplyBuffer reply) {
        if (closed) {
            throw closed(failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException known) {
                throw known;
            }
        }
        if (route.proxy().isEmpty() && Outcomes.isHeaderTooLarge(failure)) {
            throw reply.headersTooLarge();
        }
        Outcomes.checkConnected(failure, route);
        if (Outcomes.isBadBody(failure)) {
            return new ProtocolException("a chunk or a trailer of the body");
        }
        HttpException unreadable = Outcomes.unreadable(failure);
        if (unreadable != null) {
            if (unreadable.getCode() == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431) {
                throw reply.headersTooLarge();
            }
            return new ProtocolException(unreadable.getReason());
        }
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    /** Signals that the server has not processed the request and will not. */
    private static final class UnprocessedException extends IOException {

        private static final long serialVersionUID = 1L;

        UnprocessedException(Throwable cause) {
            super(cause);
        }
    }

    private static TransportException closed(@Nullable Throwable cause) {
        return new TransportException(Problem.CLOSED, "The transport is closed.", cause);
    }
}
