package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.HttpCall;
import dev.bayeux.api.spi.HttpExchanger;
import dev.bayeux.api.spi.HttpReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges over Jetty's {@link HttpClient}: the calling thread waits, Jetty's threads hand over what arrives. Jetty
 * sends a request on another connection only if nothing of it was written to the first.
 */
final class JettyExchanger implements HttpExchanger {

    private final ClientSource<HttpClient> clients;
    private final Set<CompletableFuture<HttpReply>> underWay = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient client;
    private volatile boolean closed;

    JettyExchanger(ClientSource<HttpClient> clients) {
        this.clients = clients;
    }

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException, InterruptedException {
        CompletableFuture<HttpReply> outcome = new CompletableFuture<>();
        HttpClient http = client(outcome);
        try {
            return await(outcome, request(http, call), call.limit());
        } catch (CancellationException aborted) {
            throw closed(aborted);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause(), call);
        } finally {
            underWay.remove(outcome);
        }
    }

    private static HttpReply await(CompletableFuture<HttpReply> outcome, Request request, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            request.send(result -> Outcomes.finish(outcome, result));
            return outcome.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } finally {
            if (outcome.isCancelled() || !outcome.isDone()) {
                request.abort(new CancellationException("Nobody waits for the response any more."));
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            // Who waits for one of these aborts its request.
            underWay.forEach(outcome -> outcome.cancel(true));
            if (client != null) {
                clients.release();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the same lock as {@link #close}: what is not there to be cancelled does not start. */
    private HttpClient client(CompletableFuture<HttpReply> outcome) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw closed(null);
            }
            HttpClient http = client == null ? clients.acquire() : client;
            client = http;
            underWay.add(outcome);
            return http;
        } finally {
            lock.unlock();
        }
    }

    private static Request request(HttpClient http, HttpCall call) {
        // No idle timeout: the server holds a connect for as long as it likes, and the caller's limit is the only clock.
        Request request = http.newRequest(call.uri()).method(call.method()).followRedirects(false)
                .idleTimeout(0, TimeUnit.MILLISECONDS).headers(fields -> HeaderRules.apply(call.headers(), fields))
                .onResponseContent((response, chunk) -> call.reply().append(chunk));
        return HttpMethod.GET.is(call.method()) ? request : request.body(new BytesRequestContent(call.body()));
    }

    private IOException failure(Throwable failure, HttpCall call) {
        if (closed) {
            throw closed(failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransportException known) {
                throw known;
            }
        }
        if (Outcomes.isNotConnected(failure)) {
            throw new TransportException(Problem.NOT_CONNECTED,
                    "No connection to %s: %s".formatted(call.uri().getHost(), failure.getMessage()), failure);
        }
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    private static TransportException closed(@Nullable Throwable cause) {
        return new TransportException(Problem.CLOSED, "The transport is closed.", cause);
    }
}
