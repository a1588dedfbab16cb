package dev.bayeux.core.exchange;

import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.runtime.ClientLog;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.transport.Carrier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Disconnects the sessions that a client abandons while it makes another one. The server would otherwise keep them, and the
 * deliveries for them, until they expire. One request is in flight at a time, on a separate thread, and no caller waits for
 * it. If a request is in flight already, or fails, the session expires on the server.
 */
final class AbandonedSessions {

    private final ClientRuntime runtime;
    private final String threadName;
    private final ExtensionChain extensions;
    private final Duration limit;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private int endpoint;

    /** {@code limit} is how long the reply to a disconnect may take. */
    AbandonedSessions(ClientRuntime runtime, String clientName, ExtensionChain extensions, Duration limit) {
        this.runtime = runtime;
        this.threadName = "bayeux-" + clientName + "-abandoned";
        this.extensions = extensions;
        this.limit = limit;
    }

    // Called by the client's loop

    /** Disconnects a session, unless another one is being disconnected. */
    void end(Effect.EndAbandonedSession abandoned, Supplier<Carrier> carrier) {
        if (busy.compareAndSet(false, true)) {
            endpoint = abandoned.endpoint();
            thread = runtime.start(threadName, () -> {
                try {
                    disconnect(abandoned, carrier);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    /** Gives up the request in flight if it is to this endpoint, where the new session may have two requests in flight (C-48). */
    void giveWay(int connecting) {
        if (busy.get() && endpoint == connecting) {
            end();
        }
    }

    /** Interrupts the request in flight. */
    void end() {
        Thread sending = thread;
        if (sending != null) {
            sending.interrupt();
        }
    }

    /** Never throws: extensions and transports can be the program's. */
    private void disconnect(Effect.EndAbandonedSession abandoned, Supplier<Carrier> carriers) {
        try (Carrier carrier = carriers.get()) {
            disconnect(carrier, abandoned.connectionType(), abandoned.clientId(), abandoned.id());
        } catch (InterruptedException ended) {
            // The client closes, and the thread ends here.
        } catch (Throwable unreachable) {
            ClientLog.debug("A session that the client has abandoned could not be disconnected; it will expire",
                    unreachable);
        }
    }

    // Called by others

    /** Sends one disconnect. Does not fetch new credentials, which could take long. */
    void disconnect(Carrier carrier, String connectionType, String clientId, String id) throws InterruptedException {
        Request disconnect = Request.ofDisconnect();
        disconnect.assignId(id);
        List<OutgoingMessage> leaving = extensions.outgoing(List.of(OutgoingMessage.of(disconnect, clientId)))
                .messages();
        if (!leaving.isEmpty()) {
            carrier.sendOnce(connectionType, MessageWriter.batch(leaving, limit));
        }
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    void awaitEnd() {
        Thread sending = thread;
        if (sending != null) {
            try {
                runtime.join(sending, limit);
            } catch (InterruptedException aborted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
