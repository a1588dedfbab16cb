package dev.bayeux.tests.server;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request as a scripted server received it. Immutable but for its end; safe for concurrent use. */
public final class ReceivedRequest {

    /** Stands for the method of a text message on a WebSocket. */
    static final String SOCKET_MESSAGE = "TEXT";
    private static final String FIELD = "message=";

    private final int number;
    private final int connection;
    private final String method;
    private final String target;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;
    private final @Nullable CallbackCall callback;
    private final CompletableFuture<Ending> gone;
    private final long nanoTime = System.nanoTime();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile @Nullable Answer prepared;
    private volatile @Nullable Long answerBegunNs;

    ReceivedRequest(int number, int connection, HttpReader.Head head, byte[] body, @Nullable CallbackCall callback,
            CompletableFuture<Ending> gone) {
        this.number = number;
        this.connection = connection;
        this.method = head.method();
        this.target = callback == null ? head.target() : callback.target();
        this.headers.putAll(head.headers());
        this.body = callback == null ? body : callback.batch().getBytes(StandardCharsets.UTF_8);
        this.callback = callback;
        this.gone = gone;
    }

    /**
     * {@return the number of this request at its server; the first is 1}
     */
    public int number() {
        return number;
    }

    /**
     * {@return the number of the connection over which it came; the first is 1}
     */
    public int connection() {
        return connection;
    }

    /**
     * {@return the HTTP method}
     */
    public String method() {
        return method;
    }

    /**
     * {@return whether it is a message on a WebSocket, and no request of HTTP}
     */
    public boolean isSocketMessage() {
        return method.equals(SOCKET_MESSAGE);
    }

    /**
     * {@return path and query as they were sent}
     */
    public String target() {
        return target;
    }

    /**
     * {@return all values of a header, none if it is missing}
     *
     * @param name its name in any case
     */
    public List<String> headers(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    /**
     * {@return the first value of a header, an empty text if it is missing}
     *
     * @param name its name in any case
     */
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    /**
     * {@return a copy of the body's bytes}
     */
    public byte[] bytes() {
        return body.clone();
    }

    /**
     * {@return the body, read as UTF-8}
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * {@return the body, read as JSON; of a form, its field {@code message}}
     *
     * @throws jakarta.json.JsonException if it is not JSON
     */
    public JsonValue json() {
        try (JsonReader reader = Json.createReader(new StringReader(batch()))) {
            return reader.readValue();
        }
    }

    private String batch() {
        String text = text();
        return header("Content-Type").startsWith("application/x-www-form-urlencoded") && text.startsWith(FIELD)
                ? URLDecoder.decode(text.substring(FIELD.length()), StandardCharsets.UTF_8)
                : text;
    }

    /**
     * {@return when it arrived, comparable with {@link System#nanoTime()}; for reports, not for assertions}
     */
    public long nanoTime() {
        return nanoTime;
    }

    /**
     * Waits until the request has ended for the server.
     *
     * @param limit how long to wait
     * @return how it ended
     * @throws AssertionError if it did not end in time
     * @throws InterruptedException if the thread is interrupted
     */
    public Ending awaitEnd(Duration limit) throws InterruptedException {
        try {
            return ending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("%s has not ended within %s: it is neither answered nor given up."
                    .formatted(this, limit), late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }

    /**
     * {@return whether the server had sent bytes of an answer by then, if it sends the answer in parts}
     *
     * @param nanoTime a {@link System#nanoTime()}
     */
    public boolean hadAnswerBegun(long nanoTime) {
        Long begunNs = answerBegunNs;
        return begunNs != null && begunNs - nanoTime < 0;
    }

    /** Called for each part of the answer; the first counts. */
    void answerBegins() {
        if (answerBegunNs == null) {
            answerBegunNs = System.nanoTime();
        }
    }

    /** Whether the client asks for the end of the connection after the answer (RFC 9112, 9.6). */
    boolean wantsClose() {
        return !isSocketMessage() && header("Connection").equalsIgnoreCase("close");
    }

    /** A reply as this request wants it. */
    Reply asked(Reply reply) {
        return callback == null ? reply : callback.wrap(reply);
    }

    void prepare(@Nullable Answer answer) {
        prepared = answer;
    }

    /** The answer that was prepared for this request, if there was one. */
    @Nullable
    Answer prepared() {
        return prepared;
    }

    /** Runs the action when the connection of this request has ended: at once if it has, else on the thread that ends it. */
    void whenGone(Runnable action) {
        gone.thenRun(action);
    }

    boolean end(Ending how) {
        return ending.complete(how);
    }

    /** Number, method and path; a body may hold secrets. */
    @Override
    public String toString() {
        return "request %d (%s %s on connection %d)".formatted(number, method, target, connection);
    }
}
