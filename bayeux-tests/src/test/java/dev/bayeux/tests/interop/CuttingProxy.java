package dev.bayeux.tests.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server and loses answers: when the server says one of some texts for the first time, the
 * connection is gone. It sees only what is neither encrypted nor compressed.
 */
final class CuttingProxy implements AutoCloseable {

    private static final int CHUNK = 8192;

    /** Where a connection is cut. */
    enum Place {

        /** Within the answer: what stands before the text goes through. */
        WITHIN,

        /** Before the answer: between the frames of a WebSocket. */
        BEFORE
    }

    private final URI server;
    private final Place place;
    private final ServerSocket listening;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Set<String> marks = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();

    CuttingProxy(URI server, Place place) {
        this.server = server;
        this.place = place;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:%d%s".formatted(listening.getLocalPort(), server.getPath()));
    }

    /** Each occurs within one answer and is lost with it once. */
    void cutAt(String mark) {
        marks.add(mark);
    }

    int cuts() {
        return cuts.get();
    }

    @Override
    public void close() {
        close(listening);
        sockets.forEach(CuttingProxy::close);
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("test-server-proxy").start(task);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception unwanted) {
            // It is gone in any case.
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket behind = new Socket(server.getHost(), server.getPort());
                sockets.add(client);
                sockets.add(behind);
                start(() -> carry(client, behind, false));
                start(() -> carry(behind, client, true));
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void carry(Socket from, Socket to, boolean cutting) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                int end = cutting ? cut(new String(chunk, 0, length, StandardCharsets.ISO_8859_1)) : length;
                out.write(chunk, 0, end);
                out.flush();
                if (end < length) {
                    break;
                }
            }
        } catch (IOException closed) {
            // By one side, which the other side is told below.
        } finally {
            close(from);
            close(to);
        }
    }

    /** How much of what the server says goes through. */
    private int cut(String text) {
        int end = text.length();
        String found = null;
        for (String mark : marks) {
            int at = text.indexOf(mark);
            if (at >= 0 && at < end) {
                end = at;
                found = mark;
            }
        }
        if (found == null) {
            return text.length();
        }
        marks.remove(found);
        cuts.incrementAndGet();
        return place == Place.WITHIN ? end : 0;
    }
}
