package dev.bayeux.transport.jdk;

import dev.bayeux.http.MessageSocket;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/** A socket of the JDK. */
final class JdkSocket implements MessageSocket {

    private final WebSocket socket;

    JdkSocket(WebSocket socket) {
        this.socket = socket;
    }

    @Override
    public CompletableFuture<?> write(String text) {
        return socket.sendText(text, true);
    }

    @Override
    public void close(int code, String reason) {
        socket.sendClose(code, reason);
    }

    @Override
    public void abort() {
        socket.abort();
    }
}
