package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.SilentPort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that end on the other side, and those that cannot be made. */
abstract class DuplexLossRules extends DuplexRules {

    @Test
    @Tag("C-124")
    @Tag("C-127")
    void aConnectionThatEndsIsLostOnce() throws Exception {
        assertLost("between messages", Answer.drop());
        assertLost("by a reset", Answer.reset());
        assertLost("within a message", Answer.cut(Answer.json("[1,2,3]"), 5));
    }

    private void assertLost(String name, Answer answer) throws Exception {
        Case.of(name, () -> {
            say(answer);
            assertLostOnce(Problem.LOST);
        });
    }

    @Test
    @Tag("C-127")
    void framesBeforeTheEndAreNotLost() throws Exception {
        say(Answer.json("[1]"));
        Held end = toSay(Answer.drop());
        say(Answer.json("[2]"));
        assertEquals("[1]", inbox().message());
        assertEquals("[2]", inbox().message());
        end.release();
        assertLostOnce(Problem.LOST);
    }

    @Test
    @Tag("C-127")
    void aServerThatIsAwayIsNotConnectedAndCanComeBack() throws Exception {
        use();
        peer().goDown();
        inbox().assertEnd(Problem.LOST);
        TransportException failure = send(ANY).assertProblem(Problem.NOT_CONNECTED);
        assertTrue(failure.notSent(), "nothing was sent");
        peer().comeBack();
        use();
    }

    @Test
    @Tag("C-128")
    void theFailureSaysWhyThereIsNoConnection() throws Exception {
        Case.of("an unknown host", () -> {
            setup().uri(UnknownHost.uri()).open();
            assertTrue(send(ANY).assertProblem(Problem.UNKNOWN_HOST).notSent(), "nothing was sent");
        });
        try (SilentPort silent = SilentPort.open()) {
            setup().uri(silent.uri()).connectTimeout(Bench.SHORT).open();
            Case.of("a host that does not answer in time", () -> assertTrue(
                    send(ANY).assertProblem(Problem.NOT_CONNECTED).notSent(), "nothing was sent"));
        }
    }

    @Test
    @Tag("C-131")
    void afterALossThereIsOneConnection() throws Exception {
        say(Answer.drop());
        inbox().end();
        Sending first = send("[1]");
        Sending second = send("[2]");
        first.done();
        second.done();
        // A connection counts when the server has accepted it, which may be after the transport has written to it.
        arrived();
        arrived();
        assertEquals(2, peer().connectionCount());
    }

    @Test
    @Tag("C-101")
    void aDroppedConnectionIsClosedAndTheNextBatchOpensAnother() throws Exception {
        use();
        transport().dropConnection();
        assertLostOnce(Problem.TIMED_OUT);
        close(transport());
        peer().awaitNoConnections(patience());
    }

    @Test
    @Tag("C-101")
    void droppingNoConnectionDoesNothing() throws Exception {
        transport().dropConnection();
        say(Answer.drop());
        inbox().assertEnd(Problem.LOST);
        transport().dropConnection();
        inbox().assertEmpty();
        use();
    }
}
