package dev.bayeux.api.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Holds the status and the headers of one HTTP response, without its secrets. Immutable.
 * {@link dev.bayeux.api.ClientBuilder#onResponse} passes it to programs.
 *
 * <p><b>Secrets.</b> The value of a header is {@value #HIDDEN} if the name suggests a secret: cookies, and names with
 * words such as token, auth, secret or session id. {@code WWW-Authenticate} and {@code Proxy-Authenticate} are shown,
 * because a server sends them to every client. Addresses, also those in {@code Location}, lose their query, fragment and user
 * information.
 */
public final class ResponseHead {

    /** Replaces the value of a header that may be a secret. */
    public static final String HIDDEN = "***";

    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(cookie|auth(?!or(?!i))|token|passw|passphrase|pwd|secret|credential|bearer|jwt|signature|nonce"
                    + "|api[-_]?key|private[-_]?key|session[-_]?id|client[-_]?id).*|sid",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> CHALLENGES = Set.of("www-authenticate", "proxy-authenticate");
    private static final Set<String> ADDRESSES = Set.of("location", "content-location");

    private static final Pattern USER = Pattern.compile("//[^/?#]*@");
    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

    private final URI uri;
    private final int status;
    private final Map<String, List<String>> headers;

    private ResponseHead(URI uri, int status, Map<String, List<String>> headers) {
        this.uri = uri;
        this.status = status;
        this.headers = headers;
    }

    /**
     * Makes a head from the parts of a response, without their secrets.
     *
     * @param uri the address that the request went to
     * @param status the HTTP status
     * @param headers all headers; names that begin with a colon, as HTTP/2 has them, are left out
     * @return a head
     */
    public static ResponseHead of(URI uri, int status, Map<String, List<String>> headers) {
        Map<String, List<String>> shown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> {
            if (!name.startsWith(":")) {
                List<String> all = shown.computeIfAbsent(name, any -> new ArrayList<>());
                values.forEach(value -> all.add(visible(name.toLowerCase(Locale.ROOT), value)));
            }
        });
        shown.replaceAll((name, values) -> List.copyOf(values));
        return new ResponseHead(bare(uri), status, Collections.unmodifiableMap(shown));
    }

    private static String visible(String name, String value) {
        if (SECRET_NAME.matcher(name).matches() && !CHALLENGES.contains(name)) {
            return HIDDEN;
        }
        return ADDRESSES.contains(name) ? bare(value) : value;
    }

    private static URI bare(URI uri) {
        return URI.create(bare(uri.toString()));
    }

    private static String bare(String address) {
        return USER.matcher(QUERY.matcher(address).replaceFirst("")).replaceFirst("//");
    }

    /** {@return the address that the request went to, without query, fragment and user information} */
    public URI uri() {
        return uri;
    }

    /** {@return the HTTP status; 101 if a WebSocket was opened} */
    public int status() {
        return status;
    }

    /** {@return the headers, by name; the map ignores the case of names and cannot be changed} */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * Finds a header.
     *
     * @param name the name, in any case
     * @return its first value, if there is one
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(Objects.requireNonNull(name, "name"), List.of()).stream().findFirst();
    }

    @Override
    public String toString() {
        return "%d from %s %s".formatted(status, uri, headers);
    }
}
