package dev.bayeux.kafka.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy between the connectors and the server. On request it drops responses that the server has sent, and closes the
 * connection instead of passing them on.
 */
final class LossyProxy implements AutoCloseable {

    private static final int CHUNK = 65_536;

    private final URI server;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger deliveriesToLose = new AtomicInteger();
    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    LossyProxy(URI server) {
        this.server = server;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:%d%s".formatted(listening.getLocalPort(), server.getPath()));
    }

    /** Drops the next responses with deliveries, and the next responses with replies to publishes. */
    void lose(int deliveries, int replies) {
        deliveriesToLose.addAndGet(deliveries);
        repliesToLose.addAndGet(replies);
    }

    int lost() {
        return lost.get();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void serve(Socket client) {
        try (client; Socket behind = new Socket(server.getHost(), server.getPort())) {
            sockets.add(client);
            sockets.add(behind);
            Thread back = Thread.ofVirtual().start(() -> carry(behind, client, true));
            carry(client, behind, false);
            back.join();
            sockets.remove(client);
            sockets.remove(behind);
        } catch (IOException | InterruptedException refused) {
            // The client sees a closed connection.
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (answers && loses(new String(chunk, 0, length, StandardCharsets.ISO_8859_1))) {
                    break;
                }
                out.write(chunk, 0, length);
                out.flush();
            }
        } catch (IOException closed) {
            // One side has closed its connection; the other connection is closed below.
        } finally {
            close(from);
            close(to);
        }
    }

    private boolean loses(String text) {
        boolean loses = text.contains("\"replayId\"") && take(deliveriesToLose)
                || text.contains("\"/sink") && text.contains("\"successful\":true") && take(repliesToLose);
        if (loses) {
            lost.incrementAndGet();
        }
        return loses;
    }

    private static boolean take(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception unwanted) {
            // The socket is of no further use.
        }
    }

    @Override
    public void close() {
        close(listening);
        sockets.forEach(LossyProxy::close);
    }
}
