package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.Version;
import dev.bayeux.api.http.ProxyLogin;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.shared.ClientHandle;
import dev.bayeux.http.shared.SharedClients;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/**
 * The settings of a client that this module makes. All transports with the same settings share one client, and with it two or
 * three threads.
 *
 * @param connectTimeout how long making a connection may take; Jetty sets it for a client, not for a request
 * @param secure whether connections speak TLS
 * @param version of HTTP
 * @param proxies chooses the proxy
 * @param login for proxies; a connection through a proxy belongs to the user of that login
 * @param tls decides which servers are trusted
 */
record ClientSettings(Duration connectTimeout, boolean secure, Version version, ProxySelector proxies,
        Optional<ProxyLogin> login, Optional<SSLContext> tls) {

    private static final Logger LOGGER = System.getLogger(ClientSettings.class.getName());

    private static final SharedClients<ClientSettings, HttpClient> HTTP = sharedClients(DefaultClient::forHttp);
    private static final SharedClients<ClientSettings, WebSocketClient> SOCKETS = sharedClients(
            DefaultClient::forSockets);

    private static <C extends LifeCycle> SharedClients<ClientSettings, C> sharedClients(
            Function<ClientSettings, C> making) {
        return new SharedClients<>(settings -> started(making.apply(settings)), settings -> Integer.MAX_VALUE,
                ClientSettings::stop);
    }

    static ClientHandle<HttpClient> handleForHttp(TransportContext context) {
        return HTTP.handle(of(context, context.http().version()));
    }

    static ClientHandle<WebSocketClient> handleForSockets(TransportContext context) {
        return SOCKETS.handle(of(context, Version.HTTP_1_1));
    }

    private static ClientSettings of(TransportContext context, Version version) {
        HttpSettings http = context.http();
        return new ClientSettings(context.connectTimeout(), "https".equalsIgnoreCase(context.uri().getScheme()),
                version,
                http.proxies(), http.proxyLogin(), http.tls());
    }

    private static <C extends LifeCycle> C started(C client) throws InterruptedException {
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

    /**
     * Stops the client on a separate thread: stopping waits for Jetty's threads, and leaves some running if it is
     * interrupted.
     */
    private static void stop(LifeCycle client) {
        Thread.ofVirtual().name("bayeux-jetty-stop").start(() -> {
            try {
                client.stop();
            } catch (Exception failed) {
                LOGGER.log(Level.WARNING, "Jetty's HTTP client could not be stopped", failed);
            }
        });
    }
}
