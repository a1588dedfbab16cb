package dev.bayeux.tests.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests. */
final class HttpReader {

    private static final int MAX_LINE = 1 << 16;
    private static final int MAX_BODY = 1 << 26;

    private final PushbackInputStream in;
    private final OutputStream out;

    HttpReader(Socket socket) throws IOException {
        in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = socket.getOutputStream();
    }

    /** What comes before the body. */
    record Head(String method, String target, Map<String, List<String>> headers) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** Waits for the next request; {@code null} if the client has closed the connection instead. */
    @Nullable
    Head readHead() throws IOException {
        String line = readLine();
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new IOException("Not a request line of HTTP/1: " + line);
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = readText(); !header.isEmpty(); header = readText()) {
            int colon = header.indexOf(':');
            if (colon <= 0) {
                throw new IOException("Not a header: " + header);
            }
            headers.computeIfAbsent(header.substring(0, colon), name -> new ArrayList<>())
                    .add(header.substring(colon + 1).strip());
        }
        return new Head(parts[0], parts[1], headers);
    }

    /** The input after the request, for code that changes to another protocol. */
    InputStream rest() {
        return in;
    }

    /** Waits until the client says something more; false if it closes the connection instead. */
    boolean awaitMore() throws IOException {
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next >= 0;
    }

    byte[] readBody(Head head) throws IOException {
        if ("100-continue".equalsIgnoreCase(head.header("Expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        if (head.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return readChunks();
        }
        String length = head.header("Content-Length");
        return length.isEmpty() ? new byte[0] : readExactly(parse(length, 10));
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = readText();
            int semicolon = line.indexOf(';');
            int length = parse(semicolon < 0 ? line : line.substring(0, semicolon), 16);
            if (length == 0) {
                break;
            }
            body.write(readExactly(length));
            readText();
        }
        while (!readText().isEmpty()) {
            // Trailers mean nothing here.
        }
        return body.toByteArray();
    }

    private byte[] readExactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("The client closed the connection within a body.");
        }
        return bytes;
    }

    private String readText() throws IOException {
        String line = readLine();
        if (line == null) {
            throw new IOException("The client closed the connection within a request.");
        }
        return line;
    }

    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("A line of more than %d bytes.".formatted(MAX_LINE));
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static int parse(String number, int radix) throws IOException {
        try {
            int value = Integer.parseInt(number.strip(), radix);
            if (value >= 0 && value <= MAX_BODY) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            throw new IOException("Not a length: " + number, notOne);
        }
        throw new IOException("Not a length that is accepted here: " + number);
    }
}
