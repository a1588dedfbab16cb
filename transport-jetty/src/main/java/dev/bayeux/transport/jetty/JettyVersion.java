package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import org.eclipse.jetty.util.Jetty;

/** Which versions of Jetty this transport runs with. */
final class JettyVersion {

    /** The one it is built with, and older ones that the tests prove as well. */
    private static final String WANTED = "12.1 or 12.0";

    /** Whether a socket answers pings though its endpoint takes frames. */
    static final boolean ANSWERS_PINGS = Jetty.VERSION.startsWith("12.0.");

    private JettyVersion() {
    }

    /** {@return the failure of a program whose Jetty, or whose mix of several, this transport does not run with} */
    static ConfigurationException doesNotFit(LinkageError failure) {
        return new ConfigurationException(
                "The transport over Jetty needs Jetty %s; what it finds is Jetty %s, and something is missing in it: %s. Set one version for all artifacts of org.eclipse.jetty; with Spring Boot the property jetty.version does so."
                        .formatted(WANTED, found(), failure),
                failure);
    }

    private static String found() {
        try {
            return Jetty.VERSION;
        } catch (LinkageError none) {
            return "of an unknown version";
        }
    }
}
