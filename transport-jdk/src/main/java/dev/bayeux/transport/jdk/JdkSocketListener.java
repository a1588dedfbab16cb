package dev.bayeux.transport.jdk;

import dev.bayeux.api.spi.SocketListener;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what a socket brings, and asks for more when that was taken; also when nobody wants it any more, since
 * without that the JDK does not see a close frame.
 */
final class JdkSocketListener implements WebSocket.Listener {

    private final SocketListener listener;

    JdkSocketListener(SocketListener listener) {
        this.listener = listener;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        listener.text(part, last);
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        listener.binary();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        listener.closed(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        listener.failed(failure);
    }
}
