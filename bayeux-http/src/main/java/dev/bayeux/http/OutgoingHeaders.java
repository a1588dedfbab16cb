package dev.bayeux.http;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.TransportContext;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The headers of requests over HTTP: those of the program, those of the transport, and the cookies. The cookies of the client
 * and those in a header {@code Cookie} of the program become one header, as RFC 6265, 5.4, demands; of two with one name the
 * program's is sent.
 */
final class OutgoingHeaders {

    private static final String COOKIE = "Cookie";

    private OutgoingHeaders() {
    }

    /**
     * Returns the headers of a request to the server's own origin.
     *
     * @param place the address of the request, {@code http} or {@code https}
     * @return names, in any case, and values; the caller may add headers
     * @throws TransportException with {@link Problem#NOT_PREPARED} if code of the program fails
     */
    static Map<String, List<String>> own(TransportContext context, URI place) {
        try {
            // First, since they may take long: cookies that arrive meanwhile belong to this request.
            Map<String, String> given = context.headers().headers();
            Map<String, List<String>> headers = cookies(context.cookies(), place);
            given.forEach((name, value) -> {
                List<String> ours = headers.get(COOKIE);
                headers.put(name, ours == null || !name.equalsIgnoreCase(COOKIE)
                        ? List.of(value)
                        : List.of(merged(value, ours.getFirst())));
            });
            return headers;
        } catch (BayeuxException known) {
            throw known;
        } catch (Throwable failed) {
            throw notPrepared(place, failed);
        }
    }

    /** Returns the headers of a request to another origin: none of the program's. */
    static Map<String, List<String>> foreign(CookieHandler cookies, URI place) {
        try {
            return cookies(cookies, place);
        } catch (IOException failed) {
            throw notPrepared(place, failed);
        }
    }

    /** Makes the exception for code of the program that has thrown anything: nothing was sent. */
    private static TransportException notPrepared(URI place, Throwable failed) {
        return new TransportException(Problem.NOT_PREPARED,
                "No request was sent to %s: the program's source of headers or cookies failed: %s"
                        .formatted(HttpFacts.place(place), failed),
                failed);
    }

    /** Joins the cookies: stores of the JDK return each separately. */
    private static Map<String, List<String>> cookies(CookieHandler store, URI place) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        store.get(place, Map.of()).forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name, values.size() == 1 ? List.copyOf(values) : List.of(String.join("; ", values)));
            }
        });
        return headers;
    }

    private static String merged(String programs, String ours) {
        Set<String> names = new HashSet<>();
        StringJoiner all = new StringJoiner("; ");
        for (String pair : programs.split(";")) {
            if (!pair.isBlank()) {
                names.add(name(pair));
                all.add(pair.strip());
            }
        }
        for (String pair : ours.split(";")) {
            if (!pair.isBlank() && !names.contains(name(pair))) {
                all.add(pair.strip());
            }
        }
        return all.toString();
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).strip();
    }
}
