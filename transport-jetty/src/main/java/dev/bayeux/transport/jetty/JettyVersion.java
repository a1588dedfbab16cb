package dev.bayeux.transport.jetty;

import dev.bayeux.api.error.ConfigurationException;
import org.eclipse.jetty.util.Jetty;

/** Says with which versions of Jetty this transport runs. */
final class JettyVersion {

    /** The version that this module is built with, and the older ones over which the tests run as well. */
    private static final String WANTED = "12.1 or 12.0";

    /** Whether Jetty answers pings by itself although the listener receives frames. */
    static final boolean ANSWERS_PINGS = Jetty.VERSION.startsWith("12.0.");

    private JettyVersion() {
    }

    /**
     * {@return the exception for a program with a version of Jetty, or a mix of versions, that this transport does not run
     * with}
     */
    static ConfigurationException doesNotFit(LinkageError failure) {
        return new ConfigurationException(
                "The transport over Jetty needs Jetty %s; it has found Jetty %s, in which something is missing: %s. Set one version for all artifacts of org.eclipse.jetty; with Spring Boot the property jetty.version does so."
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
