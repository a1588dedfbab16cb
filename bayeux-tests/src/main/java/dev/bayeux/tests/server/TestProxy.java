package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on a port of the loopback interface: it forwards requests for {@code http://} and makes tunnels with
 * {@code CONNECT}. Safe for concurrent use.
 *
 * {@snippet class="dev.bayeux.tests.docs.KitSnippets" region="testProxy"}
 */
public final class TestProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ServerThreads threads = new ServerThreads("test-proxy");
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable String login;
    private volatile @Nullable URI everything;
    private volatile int tunnelStatus = 200;

    private TestProxy() throws IOException {
        listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.run("accept", this::accept);
    }

    /**
     * Starts a proxy on a free port.
     *
     * @return the proxy; it must be closed
     */
    public static TestProxy start() {
        try {
            return new TestProxy();
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /**
     * Answers requests without this login with status 407.
     *
     * @param user the name, without a colon
     * @param password the password
     * @return this
     */
    public TestProxy requireLogin(String user, String password) {
        login = "Basic " + Base64.getEncoder()
                .encodeToString("%s:%s".formatted(user, password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * Connects to one server, whatever host a request names, so that a test can use names that only the proxy knows.
     *
     * @param server its host and port count
     * @return this
     */
    public TestProxy routeAllTo(URI server) {
        everything = server;
        return this;
    }

    /**
     * Refuses tunnels.
     *
     * @param status the answer instead; 0 for none at all
     * @return this
     */
    public TestProxy refuseTunnels(int status) {
        tunnelStatus = status;
        return this;
    }

    /**
     * {@return the address of this proxy}
     */
    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    /**
     * {@return the port of this proxy}
     */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * {@return method and target of all requests that the proxy has forwarded, in the order of their arrival, such as {@code
     * CONNECT example.com:443} or {@code POST http://example.com/cometd}}
     */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        close(listener);
        threads.awaitEnd(() -> sockets.forEach(TestProxy::close));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = opened(listener.accept());
                threads.run("client", () -> serve(client));
            }
        } catch (IOException closed) {
            sockets.forEach(TestProxy::close);
        }
    }

    private void serve(Socket client) {
        Map<String, Socket> servers = new HashMap<>();
        try {
            HttpReader reader = new HttpReader(client);
            for (HttpReader.Head head = reader.readHead(); head != null; head = reader.readHead()) {
                byte[] body = reader.readBody(head);
                if (isStranger(head)) {
                    say(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"");
                    continue;
                }
                requests.add("%s %s".formatted(head.method(), head.target()));
                if (head.method().equals("CONNECT")) {
                    tunnel(client, reader, head);
                    return;
                }
                URI target = URI.create(head.target());
                Socket server = servers.get(target.getAuthority());
                if (server == null) {
                    server = connect(target);
                    carryBack(server, client);
                    servers.put(target.getAuthority(), server);
                }
                server.getOutputStream().write(forwarded(head, target));
                server.getOutputStream().write(body);
            }
        } catch (IOException lost) {
            // One side has gone; the code below closes the other one.
        } finally {
            close(client);
            servers.values().forEach(TestProxy::close);
        }
    }

    private boolean isStranger(HttpReader.Head head) {
        return login != null && !head.header("Proxy-Authorization").equals(login);
    }

    private void tunnel(Socket client, HttpReader reader, HttpReader.Head head) throws IOException {
        if (tunnelStatus == 0) {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } else if (tunnelStatus != 200) {
            say(client, tunnelStatus + " No Tunnel");
        } else {
            try (Socket server = connect(URI.create("http://" + head.target()))) {
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                carryBack(server, client);
                carry(reader.rest(), server);
            }
        }
    }

    /** The request as a server wants it. */
    private static byte[] forwarded(HttpReader.Head head, URI target) {
        String path = target.getRawQuery() == null
                ? target.getRawPath()
                : target.getRawPath() + "?" + target.getRawQuery();
        StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(head.method(), path));
        head.headers().forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith("proxy-")) {
                values.forEach(value -> text.append("%s: %s\r\n".formatted(name, value)));
            }
        });
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private Socket connect(URI target) throws IOException {
        URI one = everything;
        URI place = one == null ? target : one;
        return opened(
                new Socket(place.getHost().replaceAll("[\\[\\]]", ""), place.getPort() < 0 ? 80 : place.getPort()));
    }

    /** From now on what the server says goes to the client. */
    private void carryBack(Socket server, Socket client) {
        threads.run("server", () -> {
            try (client) {
                carry(server.getInputStream(), client);
            } catch (IOException gone) {
                close(server);
            }
        });
    }

    private Socket opened(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private static void carry(InputStream in, Socket to) throws IOException {
        in.transferTo(to.getOutputStream());
    }

    private static void say(Socket client, String head) throws IOException {
        client.getOutputStream().write(
                "HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n".formatted(head).getBytes(StandardCharsets.US_ASCII));
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception unwanted) {
            throw new IllegalStateException(unwanted);
        }
    }
}
