package dev.bayeux.tests.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.bayeux.Faults;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each test gets a server of its own, and all of its parameters are of that one. */
@ExtendWith(NothingLeft.class)
@BayeuxServer
class BayeuxServerTest {

    private static final List<ScriptedBayeux> SEEN = new ArrayList<>();

    private ScriptedBayeux before;

    @BeforeEach
    void remember(ScriptedBayeux server) {
        before = server;
    }

    private void look(ScriptedBayeux server, URI uri) {
        assertSame(before, server);
        assertEquals(server.uri(), uri);
        assertTrue(SEEN.stream().noneMatch(other -> other == server));
        SEEN.add(server);
    }

    @Test
    void oneTestHasOne(ScriptedBayeux server, URI uri) {
        look(server, uri);
    }

    @Test
    void anotherTestHasAnother(ScriptedBayeux server, Faults faults, URI uri) throws InterruptedException {
        look(server, uri);
        faults.denyHandshake("403::no");
        assertThrows(RuntimeException.class,
                () -> BayeuxClient.builder(uri).transports("jdk-long-polling").connect());
    }

    /** Has its own kind. */
    @Nested
    @BayeuxServer(memory = true)
    class InMemory {

        @Test
        void aServerInMemoryIsReachedThroughItsTransport(URI uri, TransportProvider transport, ScriptedBayeux server)
                throws InterruptedException {
            try (BayeuxClient client = BayeuxClient.builder(uri).transports(transport).connect()) {
                assertEquals(server.clientIds(), List.of(client.clientId().orElseThrow()));
            }
        }

        /** Has the same kind. */
        @Nested
        class Within {

            @Test
            void whatIsNestedHasTheSame(URI uri) {
                assertEquals("memory.test", uri.getHost());
            }
        }
    }

    /** Asks where no test is. */
    @BayeuxServer
    static class AsksTooEarly {

        AsksTooEarly(ScriptedBayeux server) {
            assertNotEquals(null, server);
        }

        @Test
        void never() {
            // Its constructor cannot be called.
        }
    }

    /** Asks for what is only there in memory. */
    @BayeuxServer
    static class AsksForMemory {

        @Test
        void never(TransportProvider transport) {
            assertNotEquals(null, transport);
        }
    }

    @Test
    void whoAsksInTheWrongPlaceIsTold() {
        assertTrue(failure(AsksTooEarly.class).contains("not of a constructor"), failure(AsksTooEarly.class));
        assertTrue(failure(AsksForMemory.class).contains("memory = true"), failure(AsksForMemory.class));
    }

    private static String failure(Class<?> tests) {
        List<String> failures = new ArrayList<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> failures.add(String.valueOf(thrown.getMessage())));
            }
        });
        return String.join("\n", failures);
    }
}
