package dev.bayeux.transport.jetty;

import dev.bayeux.api.spi.SocketListener;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.exceptions.BadPayloadException;
import org.eclipse.jetty.websocket.api.exceptions.WebSocketException;

/**
 * Hands on what a socket brings, and asks for more when that was taken. Public only because Jetty looks for its methods
 * by reflection, in whatever module it is: programs have no use for it and cannot make one.
 */
public final class JettySocketListener implements Session.Listener.AutoDemanding {

    private final SocketListener listener;

    JettySocketListener(SocketListener listener) {
        this.listener = listener;
    }

    /** The limits are the transport's own: how large a message may be, and how long a server may be silent. */
    @Override
    public void onWebSocketOpen(Session session) {
        session.setIdleTimeout(Duration.ZERO);
        session.setMaxTextMessageSize(-1);
        session.setMaxBinaryMessageSize(-1);
    }

    @Override
    public void onWebSocketPartialText(String part, boolean last) {
        listener.text(part, last);
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer part, boolean last, Callback callback) {
        listener.binary();
        callback.succeed();
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        listener.closed(code, reason == null ? "" : reason);
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable failure) {
        if (failure instanceof WebSocketException) {
            ProtocolException wrong = new ProtocolException(failure.getMessage());
            wrong.initCause(failure);
            listener.failed(wrong);
        } else {
            listener.failed(failure);
        }
    }
}
