package dev.bayeux.tests.interop;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Talks Bayeux by hand, to see what the servers of the tests do. In its messages {@code '} stands for a quotation mark
 * and {@code $} for the client id.
 */
public final class WireClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager()).build();
    private final Supplier<URI> uri;
    private String clientId = "none";
    private String ext = "{}";

    public WireClient(Supplier<URI> uri) {
        this.uri = uri;
    }

    /** Poses as another client. */
    public void clientId(String other) {
        clientId = other;
    }

    /** What the next handshakes carry. */
    public void ext(String json) {
        ext = json;
    }

    public JsonObject handshake() throws IOException, InterruptedException {
        JsonObject reply = only(send("""
                {'id':'1','channel':'/meta/handshake','version':'1.0','supportedConnectionTypes':['long-polling'],\
                'ext':%s}""".formatted(ext)));
        clientId = reply.getString("clientId", "none");
        return reply;
    }

    public JsonObject subscribe(String channel) throws IOException, InterruptedException {
        return only(
                send("{'id':'2','channel':'/meta/subscribe','clientId':'$','subscription':'%s'}".formatted(channel)));
    }

    public String connectAtOnce() throws IOException, InterruptedException {
        return send("""
                {'id':'3','channel':'/meta/connect','clientId':'$','connectionType':'long-polling',\
                'advice':{'timeout':0}}""");
    }

    public CompletableFuture<String> connect() {
        return http.sendAsync(
                request("{'id':'4','channel':'/meta/connect','clientId':'$','connectionType':'long-polling'}"),
                HttpResponse.BodyHandlers.ofString()).thenApply(WireClient::text);
    }

    public String send(String message) throws IOException, InterruptedException {
        return text(http.send(request(message), HttpResponse.BodyHandlers.ofString()));
    }

    private HttpRequest request(String message) {
        String body = "[%s]".formatted(message.replace("$", clientId).replace('\'', '"'));
        return HttpRequest.newBuilder(uri.get()).header("Content-Type", "application/json;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private static String text(HttpResponse<String> response) {
        return response.statusCode() == 200 ? response.body() : "HTTP status " + response.statusCode();
    }

    private static JsonObject only(String array) {
        try (JsonReader reader = Json.createReader(new StringReader(array))) {
            JsonValue first = reader.readArray().getFirst();
            return first.asJsonObject();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
