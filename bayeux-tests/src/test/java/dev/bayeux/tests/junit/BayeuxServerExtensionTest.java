package dev.bayeux.tests.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.tests.LiveThreads;
import dev.bayeux.tests.Outcomes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests run tests here; those within are not found by themselves, since their classes are not of the kind that is. */
class BayeuxServerExtensionTest {

    private static final List<URI> SERVERS = new CopyOnWriteArrayList<>();
    private static final List<Throwable> FAILURES = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SERVERS.clear();
        FAILURES.clear();
    }

    private static void assertClosed(URI server) {
        assertThrows(IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), server.getPort()).close());
    }

    @BayeuxServer
    static class OneServerForEachTest {

        private final BayeuxTestServer made;

        OneServerForEachTest(BayeuxTestServer made) {
            this.made = made;
        }

        @BeforeEach
        void before(BayeuxTestServer server) {
            assertSame(made, server);
        }

        @Test
        void first(BayeuxTestServer server, ServerFaults faults) {
            assertSame(made, server);
            assertSame(made.faults(), faults);
            SERVERS.add(server.uri());
        }

        @Nested
        class Inside {

            @Test
            void second(BayeuxTestServer server) {
                SERVERS.add(server.uri());
            }
        }

        @AfterEach
        void after(BayeuxTestServer server) throws IOException {
            assertSame(made, server);
            new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort()).close();
        }
    }

    @Test
    void eachTestHasOneServerWhichEndsWithIt() throws InterruptedException {
        LiveThreads before = LiveThreads.now();
        Map<String, String> outcomes = Outcomes.of(OneServerForEachTest.class);
        assertEquals(Map.of("first", "passed", "second", "passed"), outcomes);
        assertEquals(2, SERVERS.size());
        SERVERS.forEach(BayeuxServerExtensionTest::assertClosed);
        before.awaitNoneAdded(Duration.ofSeconds(10));
    }

    @BayeuxServer
    static class Failing {

        @Test
        void fails(BayeuxTestServer server) throws InterruptedException {
            SERVERS.add(server.uri());
            try (BayeuxClient client = BayeuxClient.builder(server.uri()).transports("jdk-long-polling").connect()) {
                client.publish("/orders", 17);
                fail("on purpose");
            } catch (AssertionError failure) {
                FAILURES.add(failure);
                throw failure;
            }
        }
    }

    @Test
    void aFailureShowsTheLastMessagesAndTheServerEnds() {
        assertEquals(Map.of("fails", "failed: on purpose"), Outcomes.of(Failing.class));
        String shown = FAILURES.getFirst().getSuppressed()[0].getMessage();
        assertTrue(shown.contains("session 1 -> /orders {\"id\":\"1\",\"data\":17}"), shown);
        assertTrue(shown.contains("session 1 <- /orders {"), shown);
        assertClosed(SERVERS.getFirst());
    }

    /** Sees, behind the server's own extension, what has failed. */
    static final class Watching implements AfterEachCallback {

        @Override
        public void afterEach(ExtensionContext context) {
            context.getExecutionException().ifPresent(FAILURES::add);
        }
    }

    @ExtendWith(Watching.class)
    @BayeuxServer
    static class BrokenScript {

        @Test
        void calls(BayeuxTestServer server) throws InterruptedException {
            server.onCall("/service/sum", asked -> {
                throw new IllegalStateException("a bug of the test");
            });
            try (BayeuxClient client = BayeuxClient.builder(server.uri()).transports("jdk-long-polling").connect()) {
                assertThrows(PublishException.class, () -> client.call("/service/sum", 1));
            }
        }
    }

    @Test
    void aScriptThatThrowsFailsItsTestWhichShowsTheLastMessages() {
        assertEquals(Map.of("calls", "failed: The script of the test's server has failed."),
                Outcomes.of(BrokenScript.class));
        Throwable failure = FAILURES.getFirst();
        assertTrue(Stream.of(failure.getSuppressed())
                .anyMatch(shown -> shown.getMessage().contains("session 1 -> /service/sum {")), failure::toString);
    }

    @BayeuxServer
    static class ForTheWholeClass {

        @BeforeAll
        static void before(BayeuxTestServer server) {
            SERVERS.add(server.uri());
        }

        @Test
        void neverRuns() {
            fail();
        }
    }

    @BayeuxServer
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {

        OneInstance(BayeuxTestServer server) {
            SERVERS.add(server.uri());
        }

        @Test
        void neverRuns() {
            fail();
        }
    }

    @Test
    void aServerForAWholeClassIsRefusedInPlainWords() {
        for (Class<?> tests : List.of(ForTheWholeClass.class, OneInstance.class)) {
            String outcome = Outcomes.of(tests).values().toString();
            assertTrue(outcome.contains("lives as long as one test"), outcome);
        }
        assertEquals(List.of(), SERVERS);
    }

    @Test
    void aTimeoutShowsTheLastMessages() throws InterruptedException {
        try (BayeuxTestServer server = BayeuxTestServer.start().waitAtMost(Duration.ofMillis(1));
                BayeuxClient client = BayeuxClient.builder(server.uri()).transports("jdk-long-polling").connect()) {
            client.subscribe("/news/*");
            assertEquals(List.of("/news/*"), server.subscriptions());
            for (AssertionError failure : List.of(
                    assertThrows(AssertionError.class, () -> server.push("/other", 1)),
                    assertThrows(AssertionError.class, () -> server.take("/orders")))) {
                assertTrue(failure.getMessage().contains("\"subscription\":\"/news/*\""), failure::getMessage);
                assertTrue(server.scripted().clientIds().stream().noneMatch(failure.getMessage()::contains));
            }
        }
    }

    @Test
    void serversDoNotShareAnAddress() {
        try (BayeuxTestServer one = BayeuxTestServer.start(); BayeuxTestServer other = BayeuxTestServer.start()) {
            assertNotEquals(one.uri(), other.uri());
        }
    }
}
