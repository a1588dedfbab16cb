package dev.bayeux.http;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries batches with the connection type {@code websocket} over any WebSocket client, a {@link SocketOpener}. It uses
 * one socket, which the first batch opens, and the first batch after a loss opens again. It writes batches whole, one
 * after the other, and delivers whole messages (protocol.md 5.3, C-122 to C-134).
 */
public final class WebSocketTransport implements FullDuplexTransport {

    /** The name of this connection type in the protocol. */
    public static final String CONNECTION_TYPE = "websocket";

    private final TransportContext context;
    private final SocketOpener opener;
    /** Protects opening and writing. Fair, so that batches leave in their order. */
    private final ReentrantLock turn = new ReentrantLock(true);
    /** The socket opened last; it may have ended. Changed only with {@link #turn}. */
    private volatile @Nullable LiveSocket live;
    private volatile @Nullable CompletableFuture<SocketReply> opening;
    private volatile boolean closed;

    /**
     * Makes a transport over one WebSocket client.
     *
     * @param context the context given to the provider
     * @param opener the WebSocket client; closed with this transport
     */
    public WebSocketTransport(TransportContext context, SocketOpener opener) {
        this.context = context;
        this.opener = opener;
    }

    /**
     * {@inheritDoc}
     *
     * @throws TransportException also with {@link Problem#NOT_UPGRADED} if a socket is needed and the server gives none
     */
    @Override
    public void send(Batch batch) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.NANOSECONDS.convert(batch.limit());
        if (!turn.tryLock(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TransportException(Problem.TIMED_OUT,
                    "Earlier messages kept the WebSocket to %s busy for all of %d ms. The batch was not sent."
                            .formatted(HttpFacts.place(context.uri()), batch.limit().toMillis()),
                    null);
        }
        try {
            // If the socket ends before anything is written, the next socket carries the batch.
            boolean written = socket(deadlineNs).write(batch.text(), deadlineNs);
            if (!written) {
                written = socket(deadlineNs).write(batch.text(), deadlineNs);
            }
            if (!written) {
                throw new TransportException(Problem.NOT_CONNECTED,
                        "Two WebSockets to %s in a row ended as soon as they were open. The batch was not sent."
                                .formatted(HttpFacts.place(context.uri())),
                        null);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void dropConnection() {
        LiveSocket silent = live;
        if (silent != null) {
            silent.end(new TransportException(Problem.TIMED_OUT,
                    "%s sent nothing for too long, so the client has closed the WebSocket."
                            .formatted(HttpFacts.place(context.uri())),
                    null));
        }
    }

    /** {@inheritDoc} Closes an open socket with code 1000, and does not wait long for the server's close frame. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture<SocketReply> pending = opening;
        if (pending != null) {
            pending.cancel(true);
        }
        LiveSocket last = live;
        if (last == null) {
            opener.close();
        } else {
            last.leave(closed(null));
            last.whenGone(opener::close);
        }
    }

    private LiveSocket socket(long deadlineNs) throws InterruptedException {
        LiveSocket last = live;
        if (closed) {
            throw closed(null);
        }
        if (last != null && !last.isOver()) {
            return last;
        }
        if (last != null) {
            // The inbox must receive the loss before a new batch is written, which could otherwise count as lost.
            last.awaitTold(deadlineNs);
        }
        LiveSocket fresh = new LiveSocket(context);
        SocketReply answer = ask(fresh, deadlineNs);
        MessageSocket socket = answer.socket();
        if (socket == null) {
            int status = answer.reply().status();
            throw TransportException.notUpgraded(status, HttpFacts.retryAfter(answer.reply()),
                    ProxyRoute.loginProblem(status, context.uri(), context.http())
                            .orElseGet(() -> "%s gives no WebSocket: its answer to the upgrade has HTTP status %d.%s"
                                    .formatted(HttpFacts.place(context.uri()), status,
                                            HttpFacts.hint(answer.reply(), context, true))));
        }
        fresh.opened(socket);
        live = fresh;
        if (closed) {
            fresh.leave(closed(null));
            fresh.whenGone(opener::close);
            throw closed(null);
        }
        return fresh;
    }

    private SocketReply ask(LiveSocket listener, long deadlineNs) throws InterruptedException {
        Duration limit = Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime()));
        CompletableFuture<SocketReply> answer = null;
        try {
            answer = opener.open(new SocketCall(socketUri(context.uri()), HttpFacts.headers(context), limit, listener));
            opening = answer;
            if (closed) {
                throw closed(null);
            }
            SocketReply reply = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            ResponseCookies.store(context.cookies(), context.uri(), reply.reply().headers());
            context.inbox().responded(context.uri(), reply.reply().status(), reply.reply().headers());
            return reply;
        } catch (CancellationException aborted) {
            throw closed(aborted);
        } catch (ExecutionException failed) {
            throw closed ? closed(failed) : translate(Objects.requireNonNullElse(failed.getCause(), failed), limit);
        } catch (TimeoutException failed) {
            throw translate(failed, limit);
        } finally {
            opening = null;
            if (answer != null) {
                answer.cancel(true);
            }
        }
    }

    /** C-128: the choice of the next transport depends on whether a server answered without opening a socket. */
    private BayeuxException translate(Throwable failure, Duration limit) {
        String place = HttpFacts.place(context.uri());
        if (failure instanceof BayeuxException known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return new TransportException(Problem.NOT_UPGRADED,
                    "%s has not answered the upgrade to a WebSocket within %d ms.".formatted(place, limit.toMillis()),
                    failure);
        }
        TransportException known = HttpFacts.translate(
                failure instanceof IOException io ? io : new IOException(failure), context.uri(),
                "the upgrade to a WebSocket");
        return switch (known.problem()) {
            case LOST -> new TransportException(Problem.NOT_UPGRADED, known.getMessage(), known.getCause());
            case UNREADABLE -> TransportException.notUpgraded(String.valueOf(known.getMessage()));
            default -> known;
        };
    }

    /** C-122: everything but the scheme stays as it is. */
    private static URI socketUri(URI uri) {
        String scheme = "https".equalsIgnoreCase(uri.getScheme()) ? "wss" : "ws";
        return URI.create(scheme + uri.toString().substring(uri.getScheme().length()));
    }

    private static TransportException closed(@Nullable Throwable cause) {
        return new TransportException(Problem.CLOSED, "The transport is closed.", cause);
    }
}
