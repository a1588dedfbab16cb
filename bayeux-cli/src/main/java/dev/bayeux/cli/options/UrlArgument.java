package dev.bayeux.cli.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads the address of a server. Turns {@code ws} and {@code wss} into {@code http} and {@code https}, because people
 * copy such addresses from a browser.
 */
public final class UrlArgument {

    private static final String EXAMPLES = "the address of a server looks like https://example.org/cometd or http://localhost:8080/faye";
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://.*");
    /** A host with an optional port and path, which curl accepts as an address. */
    private static final Pattern HOST = Pattern
            .compile("(localhost|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+|\\[[0-9A-Fa-f:.]+])(:\\d+)?(/[A-Za-z0-9./_-]*)?");

    private UrlArgument() {
    }

    /**
     * Reads an address.
     *
     * @param value what the user wrote
     * @return an address with the scheme {@code http} or {@code https} and a host
     * @throws IllegalArgumentException if the text is no such address; the message has no part that may be a password
     */
    public static URI read(String value) {
        String text = value.strip();
        if (!SCHEME.matcher(text).matches()) {
            throw new IllegalArgumentException(HOST.matcher(text).matches()
                    ? "An address begins with http:// or https://. Did you mean http://%s?".formatted(text)
                    : "This is no address: " + EXAMPLES + ".");
        }
        try {
            URI uri = new URI(text.replaceFirst("^(?i)ws(s?)://", "http$1://"));
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
                throw new IllegalArgumentException("This is no address: " + EXAMPLES + ".");
            }
            return uri;
        } catch (URISyntaxException wrong) {
            // The text of the exception would repeat the address, which may hold a password.
            throw new IllegalArgumentException("This is no address: %s at character %d.".formatted(wrong.getReason(),
                    wrong.getIndex() + 1));
        }
    }

    /**
     * Removes the user and the password from an address.
     *
     * @param uri an address
     * @return the address without them
     */
    static URI withoutUser(URI uri) {
        return uri.getRawUserInfo() == null
                ? uri
                : URI.create(uri.toString().replaceFirst("^([^:]+://)[^/?#]*@", "$1"));
    }

    /**
     * Writes an address without what may be secret in it.
     *
     * @param uri an address
     * @return scheme, host, port and path
     */
    public static String shown(URI uri) {
        return "%s://%s%s%s".formatted(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? "" : ":" + uri.getPort(),
                uri.getPath() == null ? "" : uri.getPath());
    }
}
