package dev.bayeux.cli.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a server. WebSocket addresses stand for those of HTTP, as people copy them from browsers. */
public final class UrlArgument implements ITypeConverter<URI> {

    /** Made by picocli. */
    public UrlArgument() {
        // Nothing is needed.
    }

    @Override
    public URI convert(String value) {
        try {
            URI uri = new URI(value.strip().replaceFirst("^(?i)ws(s?)://", "http$1://"));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null) {
                throw new TypeConversionException(
                        "the address of a server looks like https://example.org/cometd or http://localhost:8080/faye");
            }
            return uri;
        } catch (URISyntaxException wrong) {
            // The text of the exception would repeat the address, which may hold a password.
            throw new TypeConversionException("this is no address: %s at character %d".formatted(wrong.getReason(),
                    wrong.getIndex() + 1));
        }
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
