package dev.bayeux.transport.jetty;

import dev.bayeux.http.MessageSocket;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A socket of Jetty. */
final class JettySocket implements MessageSocket {

    private final Session session;

    JettySocket(Session session) {
        this.session = session;
    }

    @Override
    public CompletableFuture<?> write(String text) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        session.sendText(text, Callback.from(() -> written.complete(true), failure -> written.completeExceptionally(
                failure instanceof IOException io ? io : new IOException(failure))));
        return written;
    }

    @Override
    public void close(int code, String reason) {
        session.close(code, reason, Callback.NOOP);
    }

    @Override
    public void abort() {
        session.disconnect();
    }
}
