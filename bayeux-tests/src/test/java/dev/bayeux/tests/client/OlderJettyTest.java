package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The execution of the build that runs the transports over an older Jetty really does so. */
class OlderJettyTest {

    @Test
    @EnabledIfSystemProperty(named = "jetty.older", matches = ".+")
    void theOlderJettyIsThere() {
        assertEquals(System.getProperty("jetty.older"), Jetty.VERSION);
    }
}
