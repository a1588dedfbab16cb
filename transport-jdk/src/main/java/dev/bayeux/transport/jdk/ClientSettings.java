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
 * The settings of an HTTP client that this module makes. All transports with the same settings share one client, and with it
 * one selector thread.
 *
 * @param connectTimeout how long making a connection may take; the JDK sets it for a client, not for a request
 * @param aside whether virtual threads, and not the selector thread, handle what arrives
 * @param version of HTTP
 * @param proxies chooses the proxy
 * @param login for proxies; a connection through a proxy belongs to the user of that login
 * @param tls decides which servers are trusted
 * @param tlsName the host for which the server's certificate must be issued, if the client connects to an IP
 *            address
 * @param keepAlive whether connections serve several requests; if not, each request gets a separate client, since the
 *            JDK closes no connection unasked
 */
record ClientSettings(Duration connectTimeout, boolean aside, Version version, ProxySelector proxies,
        Optional<ProxyLogin> login, Optional<SSLContext> tls, Optional<String> tlsName,
        boolean keepAlive) {

    /**
     * The JDK (25) opens one connection to a server with HTTP/2, and fails requests that exceed its limit of concurrent
     * streams, which should be 100 at least (RFC 9113, 6.5.2). A transport has two requests in flight, three when it closes.
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
        // Without TLS the JDK asks for HTTP/2 with the first request of a connection. Servers do not accept that in a request
        // with a body, as all requests here have, so it would only add headers.
        boolean newer = secure && context.http().version() == HttpSettings.Version.HTTP_2;
        return handle(context, secure, newer ? Version.HTTP_2 : Version.HTTP_1_1, Optional.empty());
    }

    /**
     * For requests over TLS to another address than the first of the server's name. Only HTTP/1.1 lets them name the server
     * in {@code Host}.
     */
    static ClientHandle<HttpClient> handleForOtherAddresses(TransportContext context, boolean sockets) {
        return handle(context, !sockets, Version.HTTP_1_1, Optional.of(context.uri().getHost()));
    }

    /**
     * For WebSockets. One thread must handle all events of a WebSocket: with an executor of several threads, the JDK (25)
     * often misses that a server has closed the connection right after a message, and reports nothing. So
     * {@link JdkSocketListener} does whatever takes long on its own thread; but the selector thread checks the certificate of
     * a new connection.
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
            // Without parameters the client would load those of the context at once.
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
     * Runs the tasks of the selector thread. Measured on loopback with 2 cores and JDK 25, one request after the other, all
     * with {@code HttpClient.send}: the JDK's own pool takes 190 µs of CPU per request, virtual threads 145 µs, and the
     * selector thread itself 100 µs. The selector thread may run short tasks: parsing a response, and
     * {@link ReplySubscriber}. It must not run TLS, since a check of a certificate computes, and with revocation checks waits
     * for the network, which would delay all other clients.
     */
    private Executor executor() {
        return aside ? task -> Thread.ofVirtual().name("bayeux-jdk-task").start(task) : Runnable::run;
    }
}
