package dev.bayeux.transport.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("transport:jdk")
class HeaderTextTest {

    @Test
    void aValueThatWouldBeChangedIsRefused() {
        ConfigurationException refused = assertThrows(ConfigurationException.class,
                () -> HeaderText.checked("X-Name", "Zo\u00eb"));
        assertTrue(refused.getMessage().contains("X-Name"), refused.getMessage());
        assertFalse(refused.getMessage().contains("Zo"), refused.getMessage());
    }

    @Test
    void asciiIsSent() {
        assertEquals("Bearer a~b", HeaderText.checked("Authorization", "Bearer a~b"));
    }

    @Test
    void aCookieOfTheServerFailsNoRequest() {
        assertEquals("name=Zo\u00eb", HeaderText.checked("cookie", "name=Zo\u00eb"));
    }
}
