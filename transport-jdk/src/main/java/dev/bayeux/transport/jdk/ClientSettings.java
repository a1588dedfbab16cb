package dev.bayeux.transport.jdk;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.shared.ClientHandle;
import dev.bayeux.http.shared.SharedClients;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * What an HTTP client is like that is made here. All transports with the same settings share one, and with it one selector
 * thread.
 *
 * @param connectTimeout how long making a connection may take; the JDK knows it per client, not per request
 * @param aside whether what arrives is handled on virtual threads, and not by the selector thread
 * @param version of HTTP
 * @param proxies chooses the proxy
 * @param login at proxies: a connection through a proxy belongs to the user who logged in there
 * @param tls decides which servers are trusted
 * @param tlsName whom a server's certificate must be for, where connections are made to an address of its by number
 * @param keepAlive whether connections serve several requests; if not, each request gets a separate client, since the
 *            JDK closes no connection unasked
 */
record ClientSettings(Duration connectTimeout, boolean aside, Version version, ProxySelector proxies,
        Optional<ProxyLogin> login, Optional<SSLContext> tls, Optional<String> tlsName,
        boolean keepAlive) {

    /**
     * The JDK (25) opens one connection to a server with HTTP/2 and fails requests beyond what that takes at once, which
     * should be 100 at least (RFC 9113, 6.5.2). A transport has two under way, three when it leaves.
     */
    private static final int MOST_USERS_OF_ONE_CONNECTION = 33;

    static {
        OtherAddress.prepare();
    }

    private static final SharedClients<ClientSettings, HttpClient> CLIENTS = new SharedClients<>(
            ClientSettings::newClient,
            ClientSettings::mostUsers, HttpClient::shutdownNow);

    static ClientHandle<HttpClient> handleForHttp(TransportContext context) {
        boolean secure = "https".equalsIgnoreCase(context.uri().getScheme());
        // Without TLS the JDK asks for HTTP/2 with the first request of a connection. Servers do not agree where that has
        // a body, as ours have: nothing but headers would come of it.
        boolean newer = secure && context.http().version() == HttpSettings.Version.HTTP_2;
        return handle(context, secure, newer ? Version.HTTP_2 : Version.HTTP_1_1, Optional.empty());
    }

    /** For requests over TLS to another address than the first of the server's name. They say its name in HTTP/1.1 only. */
    static ClientHandle<HttpClient> handleForOtherAddresses(TransportContext context, boolean sockets) {
        return handle(context, !sockets, Version.HTTP_1_1, Optional.of(context.uri().getHost()));
    }

    /**
     * For sockets. All of a socket has to happen on one thread: with an executor that has several, the JDK (25) often does
     * not notice that a server has closed the connection right after a message, and tells nobody. What takes long is
     * therefore done by {@link JdkSocketListener}; but the certificate of a new connection is checked by the selector
     * thread.
     */
    static ClientHandle<HttpClient> handleForSockets(TransportContext context) {
        return handle(context, false, Version.HTTP_1_1, Optional.empty());
    }

    private static ClientHandle<HttpClient> handle(TransportContext context, boolean aside, Version version,
            Optional<String> tlsName) {
        HttpSettings http = context.http();
        return CLIENTS
                .handle(new ClientSettings(context.connectTimeout(), aside, version, http.proxies(), http.proxyLogin(),
                        http.tls(), tlsName, http.keepAlive()));
    }

    private int mostUsers() {
        if (!keepAlive) {
            return 1;
        }
        return version == Version.HTTP_2 ? MOST_USERS_OF_ONE_CONNECTION : Integer.MAX_VALUE;
    }

    private HttpClient newClient() {
        try {
            HttpClient.Builder client = HttpClient.newBuilder().version(version).followRedirects(Redirect.NEVER)
                    .connectTimeout(connectTimeout).executor(executor()).proxy(proxies);
            // Without parameters the client would ask the context for its own at once.
            SSLContext trusted = tls.orElseGet(WrappedTls::ofTheJvm);
            SSLParameters parameters = tls.isEmpty() && tlsName.isEmpty()
                    ? new SSLParameters()
                    : trusted.getDefaultSSLParameters();
            tlsName.ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
            client.sslContext(tlsName.map(name -> WrappedTls.named(trusted, name)).orElse(trusted))
                    .sslParameters(parameters);
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
}
