package dev.bayeux.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.FailureKind;
import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.Test;

class JettyVersionTest {

    @Test
    void aFailureNamesTheVersionThatIsWantedAndTheOneThatIsFound() {
        ConfigurationException failure = JettyVersion
                .doesNotFit(new NoSuchMethodError("'void org.eclipse.jetty.client.HttpClient.x()'"));

        assertEquals(FailureKind.CONFIGURATION, failure.kind());
        assertTrue(failure.getMessage().contains("needs Jetty 12.1 or 12.0"), failure.getMessage());
        assertTrue(failure.getMessage().contains("has found Jetty " + Jetty.VERSION), failure.getMessage());
        assertTrue(failure.getMessage().contains("HttpClient.x()"), failure.getMessage());
    }
}
