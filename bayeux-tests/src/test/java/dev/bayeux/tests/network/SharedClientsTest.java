package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.interop.Http;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the HTTP clients that transports make, and of their threads. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
class SharedClientsTest {

    private final ScriptedServer server = ScriptedServer.start();

    SharedClientsTest() {
        server.answerWith(request -> Answer.json("[]"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @OverEachTransport
    void manyTransportsShareAFewThreadsThatEndWithTheLastOfThem(Http http) throws Exception {
        List<Thread> before = stackThreads(List.of());
        List<Way> ways = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ways.add(new Way(http, server.uri(), HttpSettings.DEFAULT));
        }
        assertEquals(List.of(), stackThreads(before), "a transport that has sent nothing has started a thread");
        for (Way way : ways) {
            way.exchange("[1]");
        }
        List<Thread> shared = stackThreads(before);
        assertTrue(!shared.isEmpty() && shared.size() <= (http.name().startsWith("JDK") ? 1 : 3), shared::toString);
        assertTrue(shared.stream().allMatch(Thread::isDaemon), shared::toString);
        ways.removeFirst().close();
        ways.getFirst().exchange("[2]");
        ways.forEach(Way::close);
        for (Thread thread : shared) {
            assertTrue(thread.join(Way.LIMIT), () -> "still there: " + thread);
        }
        try (Way another = new Way(http, server.uri(), HttpSettings.DEFAULT)) {
            assertEquals("[]", another.exchange("[3]"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "JETTY"})
    @Tag("C-49")
    void heldRequestsOfManyClientsLeaveRoomForMore(Http http) throws Exception {
        server.answerWith(request -> request.text().contains("held") ? Answer.stall() : Answer.json("[]"));
        List<RequestResponseTransport> transports = new ArrayList<>();
        List<Thread> holding = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RequestResponseTransport transport = (RequestResponseTransport) http.provider()
                    .open(TransportContext.to(server.uri()));
            transports.add(transport);
            holding.add(Thread.ofVirtual().name("test-held").start(() -> assertThrows(Exception.class,
                    () -> transport.exchange(new Batch("[\"held\"]", Duration.ofMinutes(5))))));
            server.takeRequest(Way.LIMIT);
        }
        assertEquals("[]", transports.getFirst().exchange(new Batch("[1]", Way.LIMIT)));
        transports.forEach(RequestResponseTransport::close);
        for (Thread thread : holding) {
            assertTrue(thread.join(Way.LIMIT));
        }
    }

    @OverEachTransport
    void headerThatCannotBeSetIsNamedAndItsValueIsNotShown(Http http) {
        assertTrue(refusal(http, "Host", "elsewhere").contains("Host"));
        String message = refusal(http, "Authorization", "Bearer se\ncret");
        assertTrue(message.contains("Authorization") && !message.contains("cret"), message);
    }

    private String refusal(Http http, String name, String value) {
        try (Way way = new Way(http, TransportContext.to(server.uri()).withHeaders(() -> Map.of(name, value)))) {
            ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> way.exchange("[]"));
            return refusal.getMessage() + refusal.getCause();
        }
    }

    /** Other tests' threads may be ending at this moment, so that only additional ones are counted. */
    private static List<Thread> stackThreads(List<Thread> known) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager|bayeux-jetty.*"))
                .filter(thread -> !known.contains(thread)).toList();
    }
}
