package dev.bayeux.tests.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.MemoryWorld;
import dev.bayeux.tests.NothingLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of services: typed answers, limits, and many at once. */
@Tag("transport:memory")
@ExtendWith(NothingLeft.class)
class RequestsTest {

    private static final int MANY = 500;

    private final MemoryWorld world = new MemoryWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void hundredsOfThreadsEachGetTheirOwnAnswer() throws Exception {
        world.connect();
        Map<Integer, Future<Integer>> answers = new HashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < MANY; n++) {
                int question = n;
                answers.put(n, callers.submit(() -> world.client.call("/service/echo", question, Integer.class)));
            }
            for (Map.Entry<Integer, Future<Integer>> answer : answers.entrySet()) {
                assertEquals(answer.getKey(), answer.getValue().get(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void hundredsOfStagesDoSoToo() throws Exception {
        world.server.service("/service/same", data -> data);
        world.connect();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int n = 0; n < MANY; n++) {
            answers.add(world.client.async().call("/service/same", n, Integer.class));
        }
        for (int n = 0; n < MANY; n++) {
            assertEquals(n, MemoryWorld.get(answers.get(n)));
        }
        // Those that wait travel together, since the answers have ids.
        assertTrue(world.server.messages("/service/same").getLast().request()
                - world.server.messages("/service/same").getFirst().request() < MANY / 2);
    }

    @Test
    void anAnswerThatDoesNotComeEndsTheCallAtItsLimit() throws Exception {
        world.connect();
        // Long enough for a call to leave on a busy machine.
        Duration limit = Duration.ofSeconds(1);
        TypeToken<Integer> type = TypeToken.of(Integer.class);

        PublishException silent = assertThrows(PublishException.class,
                () -> world.client.call("/service/silent", 1, type, limit));
        CompletableFuture<Integer> stage = world.client.async().call("/service/silent", 1, type, limit);

        assertEquals(Outcome.UNKNOWN, silent.outcome());
        assertTrue(silent.getMessage().contains("1000 ms (the limit of the call)"), silent.getMessage());
        assertEquals(Outcome.UNKNOWN,
                assertInstanceOf(PublishException.class, MemoryWorld.failure(stage)).outcome());
        assertThrows(IllegalArgumentException.class,
                () -> world.client.call("/service/silent", 1, type, Duration.ZERO));
    }

    @Test
    void aCallToAServerThatIsDownWasNotSent() throws Exception {
        world.connect();
        world.peer.goDown();
        TypeToken<Integer> type = TypeToken.of(Integer.class);

        world.client.awaitState(state -> !state.isConnected(), MemoryWorld.PATIENCE);
        PublishException late = assertThrows(PublishException.class,
                () -> world.client.call("/service/echo", 1, type, MemoryWorld.PATIENCE));

        assertEquals(Outcome.NOT_SENT, late.outcome());
        // Longer than can be counted is long.
        world.peer.comeBack();
        assertEquals(1, world.client.call("/service/echo", 1, type, Duration.ofSeconds(Long.MAX_VALUE)));
    }
}
