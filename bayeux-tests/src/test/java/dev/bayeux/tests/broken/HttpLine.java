package dev.bayeux.tests.broken;

import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ReplyBuffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link SocketExchanger}: writes requests and reads responses of HTTP/1.1. */
class HttpLine {

    static final HttpLine NONE = new HttpLine();

    private static final int MOST_INTERIM = 8;

    private volatile Socket socket = new Socket();
    private @Nullable String proxyAuthorization;
    private boolean proxied;
    private InputStream in = InputStream.nullInputStream();
    private boolean reusable;
    private int headBytes;
    private volatile boolean headersRead;

    Socket socket() {
        return socket;
    }

    /** Whether the last response was read to its end and the server keeps the connection open. */
    boolean isReusable() {
        return reusable;
    }

    /** Whether the server has closed the connection while it was idle. */
    protected boolean isStale() {
        try {
            socket.setSoTimeout(1);
            in.mark(1);
            int next = in.read();
            in.reset();
            return next < 0;
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException lost) {
            return true;
        } finally {
            unlimited();
        }
    }

    private void unlimited() {
        try {
            socket.setSoTimeout(0);
        } catch (IOException closed) {
            reusable = false;
        }
    }

    boolean hasHeaders() {
        return headersRead;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Requests go to a proxy, whole. */
    void throughProxy(@Nullable String authorization) {
        proxied = true;
        proxyAuthorization = authorization;
    }

    /** The status with which a proxy answers the request for a tunnel. */
    int tunnel(URI uri, @Nullable String authorization) throws IOException {
        String host = uri.getHost() + ":" + (uri.getPort() < 0 ? 443 : uri.getPort());
        String request = "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(host, host,
                authorization == null ? "" : "Proxy-Authorization: %s\r\n".formatted(authorization));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        in = socket.getInputStream();
        String[] status = readLine().split(" ");
        while (!readLine().isEmpty()) {
            // Nothing in there matters.
        }
        return Integer.parseInt(status[1]);
    }

    /** Speaks TLS from now on. */
    void secure(SSLContext tls, boolean checked, URI uri) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, uri.getHost(), uri.getPort(), true);
        if (checked) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
        }
        socket = secured;
        secured.startHandshake();
    }

    void send(HttpCall call) throws IOException {
        if (!reusable) {
            in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        }
        reusable = false;
        headersRead = false;
        URI uri = call.uri();
        StringBuilder head = new StringBuilder("POST %s%s%s HTTP/1.1\r\nHost: %s\r\n".formatted(
                proxied ? "http://" + uri.getRawAuthority() : "", uri.getRawPath(),
                uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery(), uri.getRawAuthority()));
        if (proxyAuthorization != null) {
            head.append("Proxy-Authorization: %s\r\n".formatted(proxyAuthorization));
        }
        call.headers().forEach(
                (name, values) -> values.forEach(value -> head.append("%s: %s\r\n".formatted(name, value))));
        head.append("Content-Length: %d\r\n\r\n".formatted(call.body().length));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(call.body());
        socket.getOutputStream().write(bytes.toByteArray());
    }

    HttpReply receive(ReplyBuffer body) throws IOException {
        headBytes = 0;
        HttpReply reply = readHeaders(body);
        for (int interim = 1; reply.status() < 200; interim++) {
            if (interim > mostInterim()) {
                throw new ProtocolException("too many interim responses");
            }
            reply = readHeaders(body);
        }
        headersRead = true;
        body.begin(reply);
        readBody(reply, body);
        return reply;
    }

    private HttpReply readHeaders(ReplyBuffer body) throws IOException {
        String[] status = readHead(body).split(" ");
        if (!status[0].startsWith("HTTP/1.")) {
            throw new ProtocolException("no status line");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readHead(body); !line.isEmpty(); line = readHead(body)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new ProtocolException("no header");
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new HttpReply(number(status[1]), understood(headers));
    }

    /** The headers that this client knows. */
    protected Map<String, List<String>> understood(Map<String, List<String>> headers) {
        return headers;
    }

    private void readBody(HttpReply reply, ReplyBuffer body) throws IOException {
        String length = first(reply, "Content-Length");
        boolean bodiless = reply.status() == 204 || reply.status() == 304;
        reusable = !first(reply, "Connection").equals("close");
        if (first(reply, "Transfer-Encoding").equals("chunked")) {
            readChunks(body);
        } else if (!length.isEmpty()) {
            copy(number(length), body);
        } else if (!bodiless) {
            copyToTheEnd(body);
        }
    }

    /** How many responses may come before the last one. */
    protected int mostInterim() {
        return MOST_INTERIM;
    }

    /** Whatever comes until the server closes the connection. */
    protected void copyToTheEnd(ReplyBuffer body) throws IOException {
        body.append(ByteBuffer.wrap(in.readAllBytes()));
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException other) {
            throw new ProtocolException("no number");
        }
    }

    private void readChunks(ReplyBuffer body) throws IOException {
        for (int size = readSize(); size > 0; size = readSize()) {
            copy(size, body);
            readLine();
        }
        readLine();
    }

    private int readSize() throws IOException {
        try {
            return Integer.parseInt(readLine(), 16);
        } catch (NumberFormatException bad) {
            throw new ProtocolException("no size of a chunk");
        }
    }

    /** Exactly so many bytes. */
    protected void copy(int length, ReplyBuffer body) throws IOException {
        byte[] bytes = new byte[1 << 14];
        for (int left = length; left > 0;) {
            int read = in.read(bytes, 0, Math.min(left, bytes.length));
            if (read < 0) {
                reusable = false;
                endsEarly();
                return;
            }
            body.append(ByteBuffer.wrap(bytes, 0, read));
            left -= read;
        }
    }

    protected void endsEarly() throws IOException {
        throw new IOException("The body was cut short.");
    }

    /** How long the head of a response may be. */
    protected int mostHeadBytes() {
        return ReplyBuffer.MAX_HEADER_BYTES;
    }

    /** The next line of the head. */
    protected String readHead(ReplyBuffer body) throws IOException {
        String line = readLine(mostHeadBytes() - headBytes);
        if (line == null) {
            throw body.headersTooLarge();
        }
        headBytes += line.length();
        return line;
    }

    private String readLine() throws IOException {
        return Objects.requireNonNull(readLine(Integer.MAX_VALUE));
    }

    /** {@code null} if it is longer. */
    private @Nullable String readLine(int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection was closed.");
            }
            if (line.size() >= most) {
                return null;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static String first(HttpReply reply, String name) {
        return reply.headers().getOrDefault(name, List.of("")).getFirst();
    }
}
