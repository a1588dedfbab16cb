package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.Version;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.api.spi.TransportContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
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
 * @param version of HTTP
 * @param proxies who chooses the proxy
 * @param login at proxies: a connection through a proxy belongs to who logged in there
 * @param tls who is trusted
 * @param <C> which client of Jetty
 */
record SharedClients<C extends LifeCycle>(Class<C> kind, Duration connectTimeout, boolean secure, Version version,
        ProxySelector proxies, Optional<ProxyLogin> login, Optional<SSLContext> tls) {

    private static final Logger LOGGER = System.getLogger(SharedClients.class.getName());
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<SharedClients<?>, List<Lent>> OPEN = new HashMap<>();

    static Lease<HttpClient> ofHttp(TransportContext context) {
        return Lease.of(suiting(HttpClient.class, context, context.http().version()));
    }

    static Lease<WebSocketClient> ofSockets(TransportContext context) {
        return Lease.of(suiting(WebSocketClient.class, context, Version.HTTP_1_1));
    }

    private static <C extends LifeCycle> SharedClients<C> suiting(Class<C> kind, TransportContext context,
            Version version) {
        HttpSettings http = context.http();
        return new SharedClients<>(kind, context.connectTimeout(), "https".equalsIgnoreCase(context.uri().getScheme()),
                version, http.proxies(), http.proxyLogin(), http.tls());
    }

    /** {@return a client, started; given back with one call of {@link #release}} */
    C acquire() throws InterruptedException {
        LOCK.lockInterruptibly();
        try {
            for (Lent lent : OPEN.getOrDefault(this, List.of())) {
                if (!lent.retired) {
                    lent.users++;
                    return kind.cast(lent.client);
                }
            }
            Lent fresh = new Lent(start());
            OPEN.computeIfAbsent(this, settings -> new ArrayList<>()).add(fresh);
            return kind.cast(fresh.client);
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Lends a client to nobody else: its connections may be dead. Those who have it may go on with it. Of many who say so
     * the first counts, so that they will share one again.
     */
    void retire(C client) {
        LOCK.lock();
        try {
            OPEN.getOrDefault(this, List.of()).stream().filter(lent -> lent.client == client)
                    .forEach(lent -> lent.retired = true);
        } finally {
            LOCK.unlock();
        }
    }

    /** Says that a client is not needed any more. */
    void release(C client) {
        LOCK.lock();
        try {
            List<Lent> all = OPEN.getOrDefault(this, List.of());
            all.stream().filter(lent -> lent.client == client).forEach(lent -> lent.users--);
            if (all.removeIf(lent -> lent.users == 0)) {
                stop(client);
            }
            if (all.isEmpty()) {
                OPEN.remove(this);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private LifeCycle start() throws InterruptedException {
        LifeCycle client = kind == WebSocketClient.class ? DefaultClient.forSockets(this) : DefaultClient.make(this);
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
        private int users = 1;
        private boolean retired;

        private Lent(LifeCycle client) {
            this.client = client;
        }
    }
}
