package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.api.spi.TransportContext;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Shares one HTTP client, and with it one selector thread, among all transports with the same settings, however many
 * there are.
 *
 * @param connectTimeout how long making a connection may take; the JDK knows it per client, not per request
 * @param aside whether what arrives is handled on virtual threads, and not by the selector thread
 * @param version of HTTP
 * @param proxies who chooses the proxy
 * @param login at proxies: a connection through a proxy belongs to who logged in there
 * @param tls who is trusted
 */
record SharedClients(Duration connectTimeout, boolean aside, Version version, ProxySelector proxies,
        Optional<ProxyLogin> login, Optional<SSLContext> tls) {

    /**
     * The JDK (25) opens one connection to a server with HTTP/2 and fails requests beyond what that takes at once, which
     * should be 100 at least (RFC 9113, 6.5.2). A transport has two under way, three when it leaves.
     */
    private static final int MOST_USERS_OF_ONE_CONNECTION = 33;
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<SharedClients, List<Lent>> OPEN = new HashMap<>();

    static Lease suiting(TransportContext context) {
        boolean secure = "https".equalsIgnoreCase(context.uri().getScheme());
        // Without TLS the JDK asks for HTTP/2 with the first request of a connection. Servers do not agree where that has
        // a body, as ours have: nothing but headers would come of it.
        boolean newer = secure && context.http().version() == HttpSettings.Version.HTTP_2;
        return lease(context, secure, newer ? Version.HTTP_2 : Version.HTTP_1_1);
    }

    /**
     * Of sockets. All of a socket has to happen on one thread: with an executor that has several, the JDK (25) often does
     * not notice that a server has closed the connection right after a message, and tells nobody. What takes long is
     * therefore done by {@link JdkSocketListener}; but the certificate of a new connection is checked by the selector
     * thread.
     */
    static Lease ofSockets(TransportContext context) {
        return lease(context, false, Version.HTTP_1_1);
    }

    private static Lease lease(TransportContext context, boolean aside, Version version) {
        HttpSettings http = context.http();
        return Lease.of(new SharedClients(context.connectTimeout(), aside, version, http.proxies(), http.proxyLogin(),
                http.tls()), http);
    }

    /** {@return a client; given back with one call of {@link #release}} */
    HttpClient acquire() {
        LOCK.lock();
        try {
            List<Lent> all = OPEN.getOrDefault(this, List.of());
            int most = version == Version.HTTP_2 ? MOST_USERS_OF_ONE_CONNECTION : Integer.MAX_VALUE;
            for (Lent lent : all) {
                if (!lent.retired && lent.users < most) {
                    lent.users++;
                    return lent.client;
                }
            }
            Lent fresh = new Lent(newClient());
            OPEN.computeIfAbsent(this, settings -> new ArrayList<>()).add(fresh);
            return fresh.client;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * Lends a client to nobody else: its connections may be dead. Those who have it may go on with it. Of many who say so
     * the first counts, so that they will share one again.
     */
    void retire(HttpClient client) {
        LOCK.lock();
        try {
            OPEN.getOrDefault(this, List.of()).stream().filter(lent -> lent.client == client)
                    .forEach(lent -> lent.retired = true);
        } finally {
            LOCK.unlock();
        }
    }

    /** Says that a client is not needed any more. */
    void release(HttpClient client) {
        LOCK.lock();
        try {
            List<Lent> all = OPEN.getOrDefault(this, List.of());
            all.stream().filter(lent -> lent.client == client).forEach(lent -> lent.users--);
            if (all.removeIf(lent -> lent.users == 0)) {
                client.shutdownNow();
            }
            if (all.isEmpty()) {
                OPEN.remove(this);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private HttpClient newClient() {
        try {
            HttpClient.Builder client = HttpClient.newBuilder().version(version).followRedirects(Redirect.NEVER)
                    .connectTimeout(connectTimeout).executor(executor()).proxy(proxies);
            // Without parameters the client would ask the context for its own at once.
            tls.ifPresentOrElse(client::sslContext,
                    () -> client.sslContext(LazyTls.context()).sslParameters(new SSLParameters()));
            return client.build();
        } catch (UncheckedIOException noSelector) {
            throw new TransportException(Problem.NOT_CONNECTED,
                    "No HTTP client could be made. May this process open more files?", noSelector);
        }
    }

    /**
     * What the selector thread hands on. Measured on loopback with 2 cores and JDK 25, one request after the other, all
     * with {@code HttpClient.send}: the JDK's own pool takes 190 µs of CPU per request, virtual threads 145 µs, and
     * doing it on the selector thread at once 100 µs. That is safe where it is short: parsing a response and
     * {@link ReplySubscriber}. TLS is not, since checking a certificate computes, and with revocation checks even asks
     * the network, which must not hold up all other clients.
     */
    private Executor executor() {
        return aside ? task -> Thread.ofVirtual().name("bayeux-jdk-task").start(task) : Runnable::run;
    }

    /** A client and how many transports use it. */
    private static final class Lent {

        private final HttpClient client;
        private int users = 1;
        private boolean retired;

        private Lent(HttpClient client) {
            this.client = client;
        }
    }
}
