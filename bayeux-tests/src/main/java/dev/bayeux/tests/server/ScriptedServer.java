package dev.bayeux.tests.server;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * An HTTP/1.1 server on a port of the loopback interface that answers as a test tells it, also in ways that no real
 * server would. Connections stay open between requests; any number of them are served at once, each on virtual threads.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="scriptedServer"}
 */
public final class ScriptedServer extends TcpServer {

    private final boolean secure;
    private final ScriptedSockets sockets = new ScriptedSockets();

    private ScriptedServer(InetAddress address, ServerSocketFactory listeners, boolean secure, boolean askingClients) {
        super(address, listeners, askingClients);
        this.secure = secure;
    }

    /**
     * Starts a server on a port that is free.
     *
     * @return the server; it must be closed
     */
    public static ScriptedServer start() {
        return start(InetAddress.getLoopbackAddress(), ServerSocketFactory.getDefault(), false, false);
    }

    /**
     * Starts a server at another address.
     *
     * @param address one of this machine, such as {@code ::1}
     * @return the server; it must be closed
     */
    public static ScriptedServer start(InetAddress address) {
        return start(address, ServerSocketFactory.getDefault(), false, false);
    }

    /**
     * Starts a server that speaks TLS.
     *
     * @param tls which certificate it shows; see {@link TestCertificate}
     * @return the server, its address with {@code https}; it must be closed
     */
    public static ScriptedServer start(SSLContext tls) {
        return start(InetAddress.getLoopbackAddress(), tls.getServerSocketFactory(), true, false);
    }

    /**
     * Starts a server that speaks TLS with clients that show a certificate, and with no others.
     *
     * @param tls which certificate it shows, and which ones it trusts; see {@link TestCertificate}
     * @return the server, its address with {@code https}; it must be closed
     */
    public static ScriptedServer startAskingClients(SSLContext tls) {
        return start(InetAddress.getLoopbackAddress(), tls.getServerSocketFactory(), true, true);
    }

    private static ScriptedServer start(InetAddress address, ServerSocketFactory listeners, boolean secure,
            boolean askingClients) {
        return new ScriptedServer(address, listeners, secure, askingClients);
    }

    @Override
    public URI uri() {
        return URI.create("%s://%s/bayeux".formatted(secure ? "https" : "http", authority()));
    }

    /**
     * {@return what happens to requests for a WebSocket, and the sockets}
     */
    public ScriptedSockets sockets() {
        return sockets;
    }

    @Override
    ServerConnection connection(Socket socket, int number) {
        return new HttpConnection(this, socket, number);
    }
}
