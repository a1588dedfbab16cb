package dev.bayeux.transport.jetty;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that answers byte by byte as a test says, remembers what came in and notices when a client hangs up. */
final class LoopbackServer implements AutoCloseable {

    /** Answers one request; writing nothing holds it, throwing an exception cuts the connection. */
    @FunctionalInterface
    interface Answer {
        void write(String request, OutputStream out) throws IOException;
    }

    private static final int SECONDS = 20;

    private final ServerSocket listening;
    private final String scheme;
    private final Answer answer;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    LoopbackServer(Answer answer) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", answer);
    }

    LoopbackServer(ServerSocket listening, String scheme, Answer answer) {
        this.listening = listening;
        this.scheme = scheme;
        this.answer = answer;
        Thread.ofVirtual().name("test-server").start(this::accept);
    }

    /** Always the same response, its length announced. */
    static Answer saying(String head, byte[] body) {
        return (request, out) -> {
            out.write("HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n".formatted(head, body.length)
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
        };
    }

    static Answer saying(String head, String body) {
        return saying(head, body.getBytes(StandardCharsets.UTF_8));
    }

    URI uri() {
        return URI.create("%s://localhost:%d/cometd".formatted(scheme, listening.getLocalPort()));
    }

    /** The next request, head and body, in the order in which they arrived. */
    String nextRequest() throws InterruptedException {
        String request = requests.poll(SECONDS, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("No request arrived.");
        }
        return request;
    }

    int waitingRequests() {
        return requests.size();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listening.accept();
                connections.add(connection);
                Thread.ofVirtual().name("test-server-connection").start(() -> serve(connection));
            }
        } catch (IOException closed) {
            connections.clear();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (true) {
                String request;
                try {
                    request = read(in);
                } catch (IOException end) {
                    return; // the client has hung up
                }
                requests.add(request);
                answer.write(request, connection.getOutputStream());
            }
        } catch (IOException cut) {
            connections.remove(connection);
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        int length = head.toString().lines().filter(line -> line.toLowerCase().startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip())).sum();
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
