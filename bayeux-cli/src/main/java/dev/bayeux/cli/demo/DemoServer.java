package dev.bayeux.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Bayeux server on the loopback interface: long-polling only, and no more than a demonstration needs. */
public final class DemoServer implements AutoCloseable {

    private static final String PATH = "/bayeux";
    /** The server reads at most this many bytes of a request. */
    private static final int MAX_REQUEST = 1 << 20;

    private final DemoSessions sessions = new DemoSessions();
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("bayeux-demo-", 0).factory());
    private final HttpServer http;

    private DemoServer(HttpServer http) {
        this.http = http;
        http.setExecutor(threads);
        http.createContext(PATH, this::answer);
        http.start();
    }

    /**
     * Starts a server.
     *
     * @param port the port, 0 for any that is free
     * @return the server
     * @throws IOException if the port is in use
     */
    public static DemoServer start(int port) throws IOException {
        return new DemoServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    }

    /**
     * {@return the address of the server}
     */
    public URI uri() {
        return URI.create("http://%s:%d%s".formatted(http.getAddress().getAddress().getHostAddress(),
                http.getAddress().getPort(), PATH));
    }

    /**
     * Publishes a message to all sessions that have subscribed to the channel.
     *
     * @param channel the channel
     * @param data the data
     */
    public void publish(String channel, JsonValue data) {
        sessions.publish(channel, data);
    }

    /** Forgets all sessions, as a restarted server does. */
    public void forgetSessions() {
        sessions.forget();
    }

    @Override
    public void close() {
        sessions.forget();
        http.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST);
            try (JsonReader reader = Json.createReader(new StringReader(
                    new String(body, StandardCharsets.UTF_8)))) {
                JsonValue value = reader.readValue();
                List<JsonObject> messages = value instanceof JsonArray array
                        ? array.getValuesAs(JsonObject.class)
                        : List.of(value.asJsonObject());
                send(exchange, 200, sessions.process(messages).toString());
            } catch (JsonException | ClassCastException notBayeux) {
                send(exchange, 400, "[]");
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
