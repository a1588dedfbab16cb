package dev.bayeux.tests.server;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Plays an HTTP/1.1 server on a port of the loopback interface. A test decides each answer, also answers that no real server
 * gives. Connections stay open between requests; virtual threads serve any number of them at once.
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
     * Starts a server on a free port.
     *
     * @return the server; it must be closed
     */
    public static ScriptedServer start() {
        return start(InetAddress.getLoopbackAddress(), ServerSocketFactory.getDefault(), false, false);
    }

    /**
     * Starts a server at another address.
     *
     * @param address an address of this machine, such as {@code ::1}
     * @return the server; it must be closed
     */
    public static ScriptedServer start(InetAddress address) {
        return start(address, ServerSocketFactory.getDefault(), false, false);
    }

    /**
     * Starts a server that speaks TLS.
     *
     * @param tls the certificate that it presents; see {@link TestCertificate}
     * @return the server, its address with {@code https}; it must be closed
     */
    public static ScriptedServer start(SSLContext tls) {
        return start(InetAddress.getLoopbackAddress(), tls.getServerSocketFactory(), true, false);
    }

    /**
     * Starts a server that speaks TLS, and only with clients that present a certificate.
     *
     * @param tls the certificate that it presents, and those that it trusts; see {@link TestCertificate}
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
     * {@return the script for upgrades to WebSocket, and the open sockets}
     */
    public ScriptedSockets sockets() {
        return sockets;
    }

    @Override
    ServerConnection connection(Socket socket, int number) {
        return new HttpConnection(this, socket, number);
    }
}
