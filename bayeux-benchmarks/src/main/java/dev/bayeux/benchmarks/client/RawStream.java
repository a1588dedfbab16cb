package dev.bayeux.benchmarks.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A blocking socket that reads and writes just enough HTTP/1.1 and WebSocket for the server of these benchmarks. */
final class RawStream implements AutoCloseable {

    private static final int FIN = 0x80;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String head;
    private byte[] buffer = new byte[64 << 10];
    private int from;
    private int to;
    private String cookie = "";

    RawStream(URI uri) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        head = "%s %%s HTTP/1.1\r\nHost: %s:%d\r\n".formatted("%s", uri.getHost(), uri.getPort());
    }

    String cookie() {
        return cookie;
    }

    void cookie(String newCookie) {
        cookie = newCookie;
    }

    /** A part of the buffer, until the next call. */
    record Bytes(byte[] array, int from, int to) {

        String text() {
            return new String(array, from, to - from, StandardCharsets.UTF_8);
        }
    }

    // HTTP

    Bytes post(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] request = (head.formatted("POST", path) + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
                + "Content-Type: application/json;charset=UTF-8\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(request, request.length + body.length);
        System.arraycopy(body, 0, all, request.length, body.length);
        out.write(all);
        return body(head());
    }

    private String head() throws IOException {
        int end = from;
        while (true) {
            for (; end + 3 < to; end++) {
                if (buffer[end] == '\r' && buffer[end + 2] == '\r') {
                    String text = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
                    from = end + 4;
                    return text;
                }
            }
            int before = end - from;
            fill();
            end = from + before;
        }
    }

    private Bytes body(String answer) throws IOException {
        if (!answer.startsWith("HTTP/1.1 200")) {
            throw new IOException("Refused: " + answer);
        }
        String lower = answer.toLowerCase(Locale.ROOT);
        int set = lower.indexOf("set-cookie: ");
        if (set >= 0) {
            cookie = answer.substring(set + "set-cookie: ".length()).split("[;\r]")[0];
        }
        int length = lower.indexOf("content-length: ");
        return length >= 0
                ? take(Integer.parseInt(lower.substring(length + "content-length: ".length()).split("\r")[0].trim()))
                : chunks();
    }

    private Bytes chunks() throws IOException {
        byte[] all = new byte[0];
        while (true) {
            Bytes chunk = take(Integer.parseInt(line(), 16));
            byte[] more = Arrays.copyOf(all, all.length + chunk.to() - chunk.from());
            System.arraycopy(chunk.array(), chunk.from(), more, all.length, chunk.to() - chunk.from());
            line();
            if (more.length == all.length) {
                return new Bytes(all, 0, all.length);
            }
            all = more;
        }
    }

    private String line() throws IOException {
        int end = from;
        while (end >= to || buffer[end] != '\n') {
            if (end < to) {
                end++;
            } else {
                int before = end - from;
                fill();
                end = from + before;
            }
        }
        String text = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1).trim();
        from = end + 1;
        return text;
    }

    // WebSocket

    void upgrade(String path) throws IOException {
        out.write((head.formatted("GET", path)
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        String answer = head();
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException("No WebSocket: " + answer);
        }
    }

    /** Writes a text frame, masked with zero, which leaves the text as it is. */
    void frame(String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        int lengthBytes = text.length < TWO_BYTES ? 0 : text.length < 1 << 16 ? 2 : 8;
        byte[] all = new byte[2 + lengthBytes + 4 + text.length];
        all[0] = (byte) (FIN | TEXT);
        all[1] = (byte) (MASKED
                | (lengthBytes == 0 ? text.length : lengthBytes == 2 ? TWO_BYTES : EIGHT_BYTES));
        for (int n = 0; n < lengthBytes; n++) {
            all[2 + n] = (byte) ((long) text.length >> 8 * (lengthBytes - 1 - n));
        }
        System.arraycopy(text, 0, all, all.length - text.length, text.length);
        out.write(all);
    }

    /** {@return the content of the next frame} */
    Bytes frame() throws IOException {
        Bytes first = take(2);
        int opcode = first.array()[first.from()] & 0xf;
        long length = first.array()[first.from() + 1] & 0x7f;
        if (length >= TWO_BYTES) {
            Bytes more = take(length == TWO_BYTES ? 2 : 8);
            length = 0;
            for (int n = more.from(); n < more.to(); n++) {
                length = length << 8 | more.array()[n] & 0xff;
            }
        }
        if (opcode == CLOSE) {
            throw new EOFException("The server closes the WebSocket.");
        }
        return take((int) length);
    }

    private Bytes take(int length) throws IOException {
        while (to - from < length) {
            fill();
        }
        from += length;
        return new Bytes(buffer, from - length, from);
    }

    /** Reads more bytes after those in the buffer, which it moves to the beginning if there is no room. */
    private void fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            byte[] target = from == 0 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, from, target, 0, to - from);
            to -= from;
            from = 0;
            buffer = target;
        }
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            throw new EOFException("The server has closed the connection.");
        }
        to += read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
