package dev.bayeux.core.exchange;

import dev.bayeux.api.http.CookieJar;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.transport.Carrier;
import dev.bayeux.core.transport.WireLog;
import java.net.CookieHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a connect call of the program opens and the end after that call closes: the connection in use, the cookies, and the
 * thread that sends handshakes and connects. A connect call after the end makes another one.
 */
public final class OpenClient {

    private final ClientRuntime runtime;
    private final String clientName;
    private final ConnectionFactory factory;
    private final SendThread connects;
    private final Closing closing;
    private final AbandonedSessions abandonedSessions;
    private final CookieJar ownCookies = new CookieJar();
    private final CookieHandler cookies;
    private final WireLog wire;
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private @Nullable Connection connection;
    private int endpoint;
    private Runnable unwatch = () -> {
        // Replaced when the clock is watched.
    };
    private volatile @Nullable Thread closeThread;

    OpenClient(ClientRuntime runtime, String clientName, ConnectionFactory factory, SendThread connects,
            Closing closing, AbandonedSessions abandonedSessions) {
        this.runtime = runtime;
        this.clientName = clientName;
        this.factory = factory;
        this.connects = connects;
        this.closing = closing;
        this.abandonedSessions = abandonedSessions;
        this.cookies = factory.cookies(ownCookies);
        this.wire = factory.wireLog();
    }

    // Called by the client's loop

    /** Replaces the connection in use, and closes the one before. */
    void use(Connection newConnection, int newEndpoint) {
        Connection before = connection;
        endpoint = newEndpoint;
        newConnection.use(factory.carrier(newEndpoint, cookies, newConnection, wire));
        connection = newConnection;
        if (before != null) {
            before.carrier().close();
        }
    }

    Connection connection() {
        return Objects.requireNonNull(connection);
    }

    void renewShared() {
        connection().carrier().renewConnections();
    }

    void endAbandonedSession(Effect.EndAbandonedSession session) {
        abandonedSessions.end(session, () -> factory.carrierOnce(session.endpoint(), cookies, wire));
    }

    /** Forgets the cookies, unless the store is the program's. */
    void forgetCookies() {
        ownCookies.clear();
    }

    /** Reports each sleep of the machine until the client closes. */
    void watchClock(Runnable awake) {
        unwatch = runtime.onSleep(awake);
    }

    /** Keeps the id of a session out of the log, even where no text that is logged has it in the field clientId. */
    void hide(@Nullable String clientId) {
        if (clientId != null) {
            wire.hide(clientId);
        }
    }

    void send(Exchange exchange) {
        if (exchange.kind() == Request.Kind.CONNECT) {
            abandonedSessions.giveWay(endpoint);
        }
        connects.assign(exchange, connection());
    }

    void abandon(Exchange exchange) {
        connects.abandon(exchange);
    }

    void close(Effect.Close effect) {
        unwatch.run();
        abandonedSessions.end();
        Carrier carrier = connection().carrier();
        closeThread = runtime.start("bayeux-" + clientName + "-end", () -> {
            try {
                closing.close(carrier, effect, connects.worker());
                abandonedSessions.awaitEnd();
            } finally {
                closed.complete(null);
            }
        });
    }

    // Called by the program

    /** {@return whether the calling thread sends handshakes and connects, or ends a session} */
    boolean isCurrent() {
        return connects.worker().isCurrent() || Thread.currentThread() == closeThread || abandonedSessions.isCurrent();
    }

    /** Interrupts the thread that waits for the server at the end of a session. */
    void abort() {
        Thread polite = closeThread;
        if (polite != null) {
            polite.interrupt();
        }
    }

    /** Waits until everything is closed; {@code false} if the deadline comes first. */
    public boolean awaitClosed(long deadlineNs) throws InterruptedException {
        return runtime.isComplete(closed, deadlineNs);
    }
}
