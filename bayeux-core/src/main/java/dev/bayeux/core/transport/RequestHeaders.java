package dev.bayeux.core.transport;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.http.HeaderRules;
import dev.bayeux.api.spi.HeaderSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of a request: those of the program, overridden by those of its credentials. */
final class RequestHeaders implements HeaderSource {

    private final HeaderSource own;
    private final CredentialsHolder credentials;
    private volatile Known last = new Known(Map.of(), Map.of(), Map.of());

    /** The last headers of the program and of its credentials, and the result of merging them. */
    private record Known(Map<String, String> own, Map<String, String> proof, Map<String, String> all) {}

    RequestHeaders(HeaderSource own, CredentialsHolder credentials) {
        this.own = own;
        this.credentials = credentials;
    }

    /**
     * Returns the headers for the next request, not to be changed; of names that differ in case only, one. Headers that equal
     * the last ones are not merged and checked again.
     */
    @Override
    public Map<String, String> headers() {
        Map<String, String> said = said();
        Map<String, String> proof = credentials.now().headers();
        Known known = last;
        if (!known.own().equals(said) || !known.proof().equals(proof)) {
            known = new Known(new HashMap<>(said), new HashMap<>(proof), checked(said, proof));
            last = known;
        }
        return known.all();
    }

    /** The program's source threw before anything was sent, so a later attempt may succeed. */
    private Map<String, String> said() {
        try {
            return own.headers();
        } catch (TransportException | ConfigurationException known) {
            throw known;
        } catch (Throwable failed) {
            throw new HandshakeException(FailureKind.TRANSIENT,
                    "The source of headers failed, so nothing was sent: " + failed, failed);
        }
    }

    private static Map<String, String> checked(Map<String, String> said, Map<String, String> proof) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(said);
        all.putAll(proof);
        all.forEach(RequestHeaders::check);
        return Collections.unmodifiableMap(all);
    }

    private static void check(String name, @Nullable String value) {
        HeaderRules.problemOf(name, value).ifPresent(problem -> {
            throw new ConfigurationException(problem);
        });
    }
}
