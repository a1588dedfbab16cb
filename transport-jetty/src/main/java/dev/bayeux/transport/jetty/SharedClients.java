package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/**
 * Shares one client, and with it two or three threads, among all transports with the same settings, however many there
 * are.
 *
 * @param kind which client of Jetty
 * @param connectTimeout how long making a connection may take; Jetty knows it per client, not per request
 * @param secure whether connections speak TLS
 * @param <C> which client of Jetty
 */
record SharedClients<C extends LifeCycle>(Class<C> kind, Duration connectTimeout,
        boolean secure) implements ClientSource<C> {

    private static final Logger LOGGER = System.getLogger(SharedClients.class.getName());
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<SharedClients<?>, Lent> OPEN = new HashMap<>();

    static SharedClients<HttpClient> ofHttp(TransportContext context) {
        return new SharedClients<>(HttpClient.class, context.connectTimeout(), isSecure(context));
    }

    static SharedClients<WebSocketClient> ofSockets(TransportContext context) {
        return new SharedClients<>(WebSocketClient.class, context.connectTimeout(), isSecure(context));
    }

    private static boolean isSecure(TransportContext context) {
        return "https".equalsIgnoreCase(context.uri().getScheme());
    }

    @Override
    public C acquire() throws InterruptedException {
        LOCK.lockInterruptibly();
        try {
            Lent lent = OPEN.get(this);
            if (lent == null) {
                lent = new Lent(start());
                OPEN.put(this, lent);
            }
            lent.users++;
            return kind.cast(lent.client);
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public void release() {
        LOCK.lock();
        try {
            Lent lent = OPEN.get(this);
            if (lent != null && --lent.users == 0) {
                OPEN.remove(this);
                stop(lent.client);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private LifeCycle start() throws InterruptedException {
        LifeCycle client = kind == WebSocketClient.class
                ? DefaultClient.forSockets(connectTimeout)
                : DefaultClient.make(connectTimeout, secure);
        try {
            client.start();
            return client;
        } catch (InterruptedException interrupted) {
            stop(client);
            throw interrupted;
        } catch (Exception noSelector) {
            stop(client);
            throw new TransportException(Problem.NOT_CONNECTED,
                    "No HTTP client could be started. May this process open more files?", noSelector);
        }
    }

    /** Aside, since stopping waits for Jetty's threads, and leaves some behind if it is interrupted. */
    private static void stop(LifeCycle client) {
        Thread.ofVirtual().name("bayeux-jetty-stop").start(() -> {
            try {
                client.stop();
            } catch (Exception failed) {
                LOGGER.log(Level.WARNING, "Jetty's HTTP client did not stop in order", failed);
            }
        });
    }

    /** A client and how many transports use it. */
    private static final class Lent {

        private final LifeCycle client;
        private int users;

        private Lent(LifeCycle client) {
            this.client = client;
        }
    }
}
