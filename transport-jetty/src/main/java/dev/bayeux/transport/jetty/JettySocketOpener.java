package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ProxyRoute;
import dev.bayeux.http.SocketCall;
import dev.bayeux.http.SocketOpener;
import dev.bayeux.http.SocketReply;
import dev.bayeux.http.shared.ClientHandle;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.exceptions.UpgradeException;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.JettyUpgradeListener;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;

/** Opens sockets with Jetty's {@link WebSocketClient}. */
final class JettySocketOpener implements SocketOpener {

    private final ClientHandle<WebSocketClient> handle;
    private final boolean compressing;

    JettySocketOpener(ClientHandle<WebSocketClient> handle, boolean compressing) {
        this.handle = handle;
        this.compressing = compressing;
    }

    @Override
    public CompletableFuture<SocketReply> open(SocketCall call) throws InterruptedException {
        try {
            ClientHandle<WebSocketClient>.Use use = handle.enter();
            try {
                return open(use.client(), call);
            } finally {
                use.leave();
            }
        } catch (LinkageError wrong) {
            throw JettyVersion.doesNotFit(wrong);
        }
    }

    private CompletableFuture<SocketReply> open(WebSocketClient sockets, SocketCall call) {
        ProxyRoutes.Tagged way = ProxyRoutes.choose(sockets.getHttpClient(), call.uri(), true);
        ClientUpgradeRequest request = new ClientUpgradeRequest(call.uri());
        request.setTimeout(Math.max(1, call.limit().toMillis()), TimeUnit.MILLISECONDS);
        JettyHeaders.check(call.headers());
        call.headers().forEach(request::setHeader);
        tag(request, way.tag());
        if (compressing) {
            request.addExtensions("permessage-deflate");
        }
        CompletableFuture<SocketReply> answer = new CompletableFuture<>();
        Handshake handshake = new Handshake(way.tag());
        try {
            CompletableFuture<Session> session = connect(sockets,
                    new JettySocketListener(call.listener(), sockets.getHttpClient().getScheduler()), call.uri(),
                    request,
                    handshake);
            session.whenComplete((open, failure) -> finish(answer, handshake, way.route(), call, open, failure));
            answer.whenComplete((reply, failure) -> {
                if (answer.isCancelled()) {
                    session.cancel(true);
                }
            });
        } catch (IOException failed) {
            answer.completeExceptionally(failed);
        }
        return answer;
    }

    /** Puts the tag of the proxy on the request first: Jetty chooses the proxy by it before it calls the listener. */
    private static void tag(ClientUpgradeRequest request, @Nullable Object tag) {
        try {
            request.tag(tag);
        } catch (NoSuchMethodError older) {
            // Jetty 12.0 has no such method: UpgradingClient sets the tag.
        }
    }

    /** Calls the one of Jetty's several methods for this that Jetty 12.0 has as well. */
    @SuppressWarnings("removal")
    private static CompletableFuture<Session> connect(WebSocketClient sockets, JettySocketListener listener, URI uri,
            ClientUpgradeRequest request, Handshake handshake) throws IOException {
        return sockets.connect(listener, uri, request, handshake);
    }

    @Override
    public void close() {
        handle.close();
    }

    private static void finish(CompletableFuture<SocketReply> answer, Handshake handshake, ProxyRoute route,
            SocketCall call, @Nullable Session session, @Nullable Throwable failure) {
        HttpReply reply = handshake.reply();
        if (session != null) {
            if (!answer.complete(new SocketReply(reply, new JettySocket(session)))) {
                session.disconnect();
            }
            return;
        }
        HttpReply head = handshake.head();
        // Jetty makes up a status for what is not HTTP.
        boolean madeUp = failure != null && Outcomes.unreadable(failure) != null;
        if (head.status() > 0 && head.status() != 101 && !madeUp) {
            // The server has refused, however the body of its answer ends.
            answer.complete(new SocketReply(head, null));
            return;
        }
        int status = reply.status();
        Throwable known = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UpgradeException refused && refused.getResponseStatusCode() > 0) {
                status = refused.getResponseStatusCode();
            } else if (cause instanceof HttpResponseException answered) {
                // Jetty's authentication throws this exception for a status without a challenge, and its upgrade for an
                // answer that accepts no WebSocket. Other statuses do not come from the server.
                int answeredStatus = answered.getResponse().getStatus();
                status = answeredStatus == 101 || answeredStatus == 401 || answeredStatus == 407 ? answeredStatus : 0;
            } else if (!isWrapper(cause) && known == null) {
                known = cause;
            }
        }
        // Jetty also reports the status of an answer whose head is incomplete or not valid.
        if (status > 0 && known == null) {
            answer.complete(new SocketReply(new HttpReply(status, reply.headers()), null));
        } else {
            answer.completeExceptionally(explain(known == null ? failure : known, call, route));
        }
    }

    /** Jetty has two classes of this name, one of them in a module that this one does not read. */
    private static boolean isWrapper(Throwable cause) {
        return cause instanceof CompletionException || cause.getClass().getSimpleName().equals("UpgradeException");
    }

    private static Throwable explain(@Nullable Throwable failure, SocketCall call, ProxyRoute route) {
        if (failure == null) {
            return new IOException("no socket");
        }
        HttpException unreadable = Outcomes.unreadable(failure);
        if (unreadable != null && route.proxy().isEmpty()) {
            return Outcomes.isHeaderTooLarge(failure)
                    || unreadable.getCode() == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431
                            ? call.headersTooLarge()
                            : new ProtocolException(unreadable.getReason());
        }
        try {
            Outcomes.checkConnected(failure, route);
        } catch (TransportException known) {
            return known;
        }
        return failure instanceof IOException || failure instanceof TimeoutException
                || failure instanceof TransportException ? failure : new IOException(failure);
    }

    /** Receives the answer to the upgrade, which Jetty shows nowhere else. */
    private static final class Handshake implements JettyUpgradeListener {

        private final @Nullable Object tag;
        private final AtomicReference<HttpReply> seen = new AtomicReference<>(new HttpReply(0, Map.of()));
        private final AtomicReference<HttpReply> head = new AtomicReference<>(new HttpReply(0, Map.of()));

        Handshake(@Nullable Object tag) {
            this.tag = tag;
        }

        @Override
        public void onHandshakeRequest(Request request) {
            request.followRedirects(false).tag(tag).onResponseHeaders(response -> head.set(Outcomes.reply(response)));
        }

        @Override
        public void onHandshakeResponse(Request request, Response response) {
            seen.set(Outcomes.reply(response));
        }

        HttpReply reply() {
            return seen.get();
        }

        /** {@return the status and the headers, if all of the headers have arrived; else the status 0} */
        HttpReply head() {
            return head.get();
        }
    }
}
