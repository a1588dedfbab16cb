package dev.bayeux.kafka.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A Bayeux server that answers each connect request at once with a hundred deliveries, until a limit. */
final class FloodServer {

    private static final int EVENTS = 100;
    private static final String PADDING = "x".repeat(100);

    /** The channel of a client, and the number of deliveries that were sent to it. */
    private static final class Session {

        volatile String channel = "/none";
        final AtomicInteger sent = new AtomicInteger();
    }

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger clients = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final int most;

    private FloodServer(int most) {
        this.most = most;
    }

    /**
     * Serves until standard input ends.
     *
     * @param args the number of deliveries for each client
     */
    public static void main(String[] args) throws IOException {
        FloodServer flood = new FloodServer(Integer.parseInt(args[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", flood::serve);
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // Reads until the parent process has ended.
        }
        flood.end.countDown();
        server.stop(0);
        System.exit(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        StringBuilder reply = new StringBuilder("[");
        try (var reader = Json.createReader(exchange.getRequestBody())) {
            for (JsonValue each : reader.readArray()) {
                answer(each.asJsonObject(), reply);
            }
        }
        reply.setCharAt(reply.length() - 1, ']');
        byte[] body = reply.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void answer(JsonObject message, StringBuilder reply) {
        String channel = message.getString("channel");
        String id = message.getString("id");
        Session session = sessions.get(message.getString("clientId", ""));
        String more = "";
        switch (channel) {
            case "/meta/handshake" -> {
                String client = "c" + clients.incrementAndGet();
                sessions.put(client, new Session());
                more = ",\"version\":\"1.0\",\"clientId\":\"%s\",\"supportedConnectionTypes\":[\"long-polling\"],\"advice\":{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":20000},\"ext\":{\"replay\":true}"
                        .formatted(client);
            }
            case "/meta/subscribe" -> {
                session.channel = message.getString("subscription");
                more = ",\"subscription\":\"%s\"".formatted(session.channel);
            }
            case "/meta/connect" -> flood(session, reply);
            default -> {
                // For example a disconnect.
            }
        }
        reply.append("{\"channel\":\"%s\",\"id\":\"%s\",\"successful\":true%s},".formatted(channel, id, more));
    }

    private void flood(Session session, StringBuilder reply) {
        if (session.channel.equals("/none")) {
            return;
        }
        int first = session.sent.getAndAdd(EVENTS);
        if (first >= most) {
            try {
                end.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        for (int n = first + 1; n <= first + EVENTS; n++) {
            reply.append("{\"channel\":\"").append(session.channel)
                    .append("\",\"data\":{\"payload\":{\"order\":\"").append(n).append("\",\"text\":\"").append(PADDING)
                    .append("\"},\"event\":{\"replayId\":").append(n).append("}}},");
        }
    }
}
