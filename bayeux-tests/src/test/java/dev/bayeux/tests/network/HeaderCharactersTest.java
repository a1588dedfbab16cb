package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.ScriptedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A header of the program arrives as it is, or nothing is sent: no HTTP client replaces a character unsaid. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
@Tag("C-106")
class HeaderCharactersTest {

    private final ScriptedServer server = ScriptedServer.start();

    HeaderCharactersTest() {
        server.answerWith(request -> Answer.json("[]"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Way way(Http http, String value) {
        return new Way(http, TransportContext.to(server.uri()).withHeaders(() -> Map.of("X-Name", value)));
    }

    private String arrived(Http http, String value) throws InterruptedException {
        try (Way way = way(http, value)) {
            assertEquals("[]", way.exchange("[1]"));
        }
        ReceivedRequest request = http.fullDuplex()
                ? server.sockets().takeUpgrade(Way.LIMIT)
                : server.takeRequest(Way.LIMIT);
        return request.header("X-Name");
    }

    private void assertRefused(Http http, String value) {
        try (Way way = way(http, value)) {
            ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> way.exchange("[1]"));
            String text = refusal.getMessage() + refusal.getCause();
            assertTrue(text.contains("X-Name") && !text.contains(value), text);
        }
        assertEquals(0, server.requestCount() + server.sockets().upgradeCount());
    }

    @OverEachTransport
    void asciiArrives(Http http) throws Exception {
        assertEquals("a~b !\"#", arrived(http, "a~b !\"#"));
    }

    @OverEachTransport
    void latin1ArrivesOverJettyAndIsRefusedOverTheJdk(Http http) throws Exception {
        if (http.name().startsWith("JDK")) {
            assertRefused(http, "Zo\u00eb");
        } else {
            assertEquals("Zo\u00eb", arrived(http, "Zo\u00eb"));
        }
    }

    @OverEachTransport
    void otherCharactersAreRefused(Http http) {
        assertRefused(http, "5 \u20ac");
        assertRefused(http, "\ud834\udd1e");
        assertFalse(server.connectionCount() > 0);
    }
}
