package dev.bayeux.transport.jetty;

import dev.bayeux.http.SocketListener;
import java.net.ProtocolException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Frame;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.api.exceptions.WebSocketException;
import org.jspecify.annotations.Nullable;

/**
 * Passes the events of a WebSocket on, and requests more afterwards. Public only because Jetty finds its methods by
 * reflection from another module: programs have no use for it and cannot make one.
 */
public final class JettySocketListener implements Session.Listener.AutoDemanding {

    /** The time in which the close frame after an invalid text must be written, before the connection is cut without it. */
    private static final long FAREWELL_MS = 1000;

    private static final List<Frame.Type> TYPES = List.of(Frame.Type.values());

    private final SocketListener listener;
    private final Scheduler timer;
    private final FrameText text = new FrameText();
    private @Nullable Session open;
    private Frame.Type message = Frame.Type.TEXT;

    JettySocketListener(SocketListener listener, Scheduler timer) {
        this.listener = listener;
        this.timer = timer;
    }

    /** Turns Jetty's limits off: the transport itself limits the size of a message and the silence of a server. */
    @Override
    public void onWebSocketOpen(Session session) {
        open = session;
        session.setIdleTimeout(Duration.ZERO);
        session.setMaxTextMessageSize(-1);
        session.setMaxBinaryMessageSize(-1);
    }

    /** Handles frames as Jetty does for a listener of messages, except that the text is decoded here. */
    @Override
    public void onWebSocketFrame(Frame frame, Callback callback) {
        // Jetty 12.0 does not say whether a continuation belongs to a text or a binary message.
        Frame.Type type = typeOf(frame);
        if (type == Frame.Type.TEXT || type == Frame.Type.BINARY) {
            message = type;
        }
        switch (type == Frame.Type.CONTINUATION ? message : type) {
            case TEXT -> text(frame);
            case BINARY -> listener.binary();
            case PING -> {
                if (JettyVersion.ANSWERS_PINGS) {
                    break;
                }
                // The payload is in use until it is written. If that fails, the next read or write reports the failure.
                session().sendPong(frame.getPayload(), Callback.from(callback::succeed, failure -> callback.succeed()));
                return;
            }
            case CONTINUATION, CLOSE, PONG -> {
                // Jetty answers the close frame, and then calls onWebSocketClose.
            }
        }
        callback.succeed();
    }

    /** Finds the type without a copy of all types, which {@link Frame.Type#from} makes for each frame. */
    private static Frame.Type typeOf(Frame frame) {
        for (Frame.Type each : TYPES) {
            if (each.getOpCode() == frame.getOpCode()) {
                return each;
            }
        }
        throw new IllegalArgumentException("No type of frame has the op code " + frame.getOpCode());
    }

    private void text(Frame frame) {
        try {
            listener.text(text.read(frame.getPayload(), frame.isFin()), frame.isFin());
        } catch (CharacterCodingException malformed) {
            ProtocolException wrong = new ProtocolException("What came as text is not UTF-8.");
            wrong.initCause(malformed);
            listener.failed(wrong);
            hangUp();
        }
    }

    /**
     * Closes the socket. Jetty cuts the connection once the close frame is written; if the server reads nothing, the frame
     * cannot be written, so a timer cuts the connection.
     */
    private void hangUp() {
        Session session = session();
        Scheduler.Task cut = timer.schedule(session::disconnect, FAREWELL_MS, TimeUnit.MILLISECONDS);
        session.close(StatusCode.BAD_PAYLOAD, "not UTF-8",
                Callback.from(cut::cancel, failure -> session.disconnect()));
    }

    /** Returns the session, which is open before the first frame arrives. */
    private Session session() {
        return Objects.requireNonNull(open);
    }

    /** Overrides the one of Jetty's two methods for this that Jetty 12.0 has as well. */
    @Override
    @SuppressWarnings("removal")
    public void onWebSocketClose(int code, String reason) {
        listener.closed(code, reason == null ? "" : reason);
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
