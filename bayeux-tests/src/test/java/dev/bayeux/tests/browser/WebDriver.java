package dev.bayeux.tests.browser;

import dev.bayeux.tests.interop.ChildProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chromium without a window, driven through chromedriver by the WebDriver protocol; as much of that as is needed here. */
final class WebDriver implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    /** No window, no sandbox (which is not to be had for root), and nothing that would call home. */
    private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu",
            "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--window-size=640,560", "--force-device-scale-factor=2");
    /** Looks whenever the page changes; WebDriver ends it after {@link #LIMIT}. */
    private static final String WHEN_SHOWN = """
            const [selector, text, done] = arguments;
            const look = () => {
              if (document.querySelector(selector)?.innerText === text) {
                changes.disconnect();
                done(true);
              }
            };
            const changes = new MutationObserver(look);
            changes.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
            look();
            """;

    private final ChildProcess process;
    private final HttpClient http;
    private final String session;

    /** Starts with this folder, which is empty, for all that the browser writes. */
    WebDriver(Path profile) {
        process = new ChildProcess("chromedriver", "chromedriver", "--port=0");
        http = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(LIMIT)
                .executor(
                        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("test-server-webdriver").factory()))
                .build();
        try {
            String server = "http://127.0.0.1:%s/session".formatted(port());
            JsonObject opened = send("POST", server, capabilities(profile)).asJsonObject();
            session = "%s/%s".formatted(server, opened.getString("sessionId"));
        } catch (RuntimeException failed) {
            http.close();
            process.close();
            throw failed;
        }
    }

    /** Whether the machine has what it takes. */
    static boolean isThere() {
        List<String> path = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.of("chromium", "chromedriver")
                .allMatch(name -> path.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, name))));
    }

    /** Goes to this page, and waits until it has loaded. */
    void open(String uri) {
        post("/url", Map.of("url", uri));
    }

    /** Clicks where this element is, as a person would. */
    void click(String selector) {
        JsonObject element = post("/element", Map.of("using", "css selector", "value", selector)).asJsonObject();
        post("/element/%s/click".formatted(text(element.values().iterator().next())), Map.of());
    }

    /** Puts a text into a field; WebDriver's own way to type does not know all of Unicode with Chromium. */
    void fill(String selector, String text) {
        run("document.querySelector(arguments[0]).value = arguments[1]", selector, text);
    }

    /** Waits until this element shows this text. */
    void awaitText(String selector, String text) {
        try {
            post("/execute/async", Map.of("script", WHEN_SHOWN, "args", List.of(selector, text)));
        } catch (IllegalStateException failed) {
            JsonValue page = run("return document.body.innerText");
            throw new AssertionError("Not shown in '%s' of the browser: %s%nbut: %s".formatted(selector, text, page),
                    failed);
        }
    }

    /** What it shows now, in PNG. */
    byte[] screenshot() {
        return Base64.getDecoder().decode(text(send("GET", session + "/screenshot", JsonValue.EMPTY_JSON_OBJECT)));
    }

    @Override
    public void close() {
        try (process; http) {
            send("DELETE", session, JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    private static JsonObject capabilities(Path profile) {
        List<String> arguments = Stream.concat(ARGUMENTS.stream(), Stream.of("--user-data-dir=" + profile)).toList();
        Map<String, ?> wanted = Map.of("goog:chromeOptions", Map.of("args", arguments), "timeouts",
                Map.of("script", LIMIT.toMillis()));
        return Json.createObjectBuilder(Map.of("capabilities", Map.of("alwaysMatch", wanted))).build();
    }

    private String port() {
        for (String line = process.next();; line = process.next()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return port.group(1);
            }
        }
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).getString();
    }

    private JsonValue run(String script, Object... arguments) {
        return post("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    private JsonValue post(String command, Map<String, ?> body) {
        return send("POST", session + command, Json.createObjectBuilder(body).build());
    }

    private JsonValue send(String method, String uri, JsonObject body) {
        BodyPublisher content = method.equals("POST")
                ? BodyPublishers.ofString(body.toString())
                : BodyPublishers.noBody();
        // A command may take as long as the browser waits, and then some.
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(LIMIT.multipliedBy(2))
                .method(method, content).build();
        try {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            try (JsonReader reader = Json.createReader(new StringReader(answer))) {
                JsonValue value = reader.readObject().get("value");
                if (value instanceof JsonObject result && result.containsKey("error")) {
                    throw new IllegalStateException("%s: %s".formatted(uri, result.getString("message")));
                }
                return value;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }
}
