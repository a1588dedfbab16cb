package dev.bayeux.cli.probe;

import dev.bayeux.api.http.CookieJar;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Stores cookies, and records the headers of every response. Its descriptions of cookies have no values. */
final class ResponseHeaders extends CookieHandler {

    private final CookieJar cookies = new CookieJar();
    /** The first value of each header, by the name in lower case. */
    private final Map<String, String> first = new ConcurrentHashMap<>();
    private final Map<String, String> setCookies = new ConcurrentHashMap<>();

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> request) {
        return cookies.get(uri, request);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> response) {
        response.forEach((name, values) -> {
            String key = name == null ? "" : name.toLowerCase(Locale.ROOT);
            if (key.equals("set-cookie")) {
                values.forEach(value -> setCookies.putIfAbsent(value.split("[=;]", 2)[0].strip(), value));
            } else if (!values.isEmpty()) {
                first.putIfAbsent(key, values.getFirst());
            }
        });
        cookies.put(uri, response);
    }

    /** Returns the first value of a header, empty if no response had it. */
    String header(String name) {
        return first.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean hasCookie(String name) {
        return setCookies.containsKey(name);
    }

    /** Returns the cookies by name, each with its attributes, such as {@code Path=/}. */
    Map<String, List<String>> cookies() {
        Map<String, List<String>> described = new TreeMap<>();
        setCookies.forEach((name, text) -> described.put(name, attributes(text)));
        return described;
    }

    /** Returns the cookies and their attributes as JSON. */
    JsonArrayBuilder asJson() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        cookies().forEach((name, attributes) -> array
                .add(Json.createObjectBuilder().add("name", name).add("attributes",
                        Json.createArrayBuilder(attributes))));
        return array;
    }

    private static List<String> attributes(String setCookie) {
        String[] parts = setCookie.split(";");
        return List.of(parts).subList(1, parts.length).stream().map(String::strip).filter(part -> !part.isEmpty())
                .toList();
    }
}
