package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.SilentPort;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a batch for which there is no socket. */
abstract class SocketRefusalRules extends SocketRules {

    @Test
    @Tag("C-128")
    void aRefusedUpgradeTellsItsStatus() throws Exception {
        int[] statuses = {200, 302, 400, 401, 403, 404, 407, 426, 500, 502, 503};
        for (int status : statuses) {
            bench().peer.sockets().answer(Answer.status(status).header("Location", "/elsewhere"));
            TransportException failure = bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
            assertEquals(OptionalInt.of(status), failure.status());
            assertTrue(failure.notSent());
        }
        bench().inbox.assertEmpty();
        assertEquals(statuses.length, bench().peer.sockets().upgradeCount());
    }

    @Test
    @Tag("C-128")
    void aPageOfHtmlIsNoWebSocket() throws Exception {
        bench().peer.sockets().answer(Answer.html("<p>Please log in</p>"));
        assertEquals(OptionalInt.of(200), bench().send(ANY).assertProblem(Problem.NOT_UPGRADED).status());
    }

    @Test
    @Tag("C-105")
    void retryAfterIsTold() throws Exception {
        bench().peer.sockets().answer(Answer.status(503).header("Retry-After", "7"));
        assertEquals(Optional.of(Duration.ofSeconds(7)),
                bench().send(ANY).assertProblem(Problem.NOT_UPGRADED).retryAfter());
    }

    @Test
    @Tag("C-128")
    void anUpgradeThatWasNotMeantForUsIsNone() throws Exception {
        bench().peer.sockets().answer(Answer.upgrade().forged());
        bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
    }

    @Test
    @Tag("C-128")
    void whatIsNotHttpIsNoUpgrade() throws Exception {
        bench().peer.sockets().answer(Answer.raw("SSH-2.0-OpenSSH_9.9\r\n"));
        bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
    }

    @Test
    @Tag("C-128")
    void aConnectionThatIsCutInsteadOfAnAnswerGivesNone() throws Exception {
        // To ask again is no harm, so a stack may do it.
        bench().peer.sockets().answerAll(Answer.drop());
        bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
        bench().peer.sockets().answerAll(Answer.reset());
        bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
    }

    @Test
    @Tag("C-101")
    @Tag("C-128")
    void anUpgradeThatIsNotAnsweredIsGivenUp() throws Exception {
        bench().peer.sockets().answer(Answer.stall());
        bench().send(ANY, Bench.SHORT).assertProblem(Problem.NOT_UPGRADED);
        bench().peer.awaitNoConnections(bench().patience);
    }

    @Test
    @Tag("C-101")
    void anAnswerToTheUpgradeThatDoesNotEndIsGivenUp() throws Exception {
        bench().peer.sockets().answer(Answer.trickle());
        bench().send(ANY, Bench.SHORT).assertProblem(Problem.NOT_UPGRADED);
        bench().peer.awaitNoConnections(bench().patience);
    }

    /** The server sends more than any limit allows, and then waits. Only a client that counts while it reads ends this. */
    @Test
    @Tag("C-108")
    @Tag("C-128")
    void headersWithoutEndAreNotReadForEver() throws Exception {
        bench().peer.sockets().answer(Answer.unfinished("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "X-Filler: %s\r\n".formatted("x".repeat(1000)).repeat(1 << 10)));
        TransportException failure = bench().send(ANY).transportFailure();
        assertTrue(failure.notSent() || failure.problem() == Problem.TOO_LARGE, failure::toString);
        bench().peer.awaitNoConnections(bench().patience);
    }

    @Test
    @Tag("C-101")
    void anInterruptGivesAnUpgradeUp() throws Exception {
        bench().peer.sockets().answer(Answer.stall());
        Sending sending = bench().send(ANY);
        bench().peer.sockets().takeUpgrade(bench().patience);
        sending.interrupt();
        assertInstanceOf(InterruptedException.class, sending.failure());
        bench().peer.awaitNoConnections(bench().patience);
        open();
    }

    @Test
    @Tag("C-128")
    void afterARefusalItIsAskedAgain() throws Exception {
        bench().peer.sockets().answer(Answer.status(503));
        bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
        open();
    }

    @Test
    @Tag("C-128")
    void aRefusedConnectionIsNotConnected() throws Exception {
        bench().peer.goDown();
        bench().send(ANY).assertProblem(Problem.NOT_CONNECTED);
        bench().peer.comeBack();
        open();
    }

    @Test
    @Tag("C-128")
    void anUnknownHostIsUnknown() throws Exception {
        bench().setup().uri(URI.create("http://no-such-host.invalid/bayeux")).open();
        bench().send(ANY).assertProblem(Problem.UNKNOWN_HOST);
    }

    @Test
    @Tag("C-128")
    void aConnectionThatIsNotMadeInTimeIsNotConnected() throws Exception {
        try (SilentPort silent = SilentPort.open()) {
            bench().setup().uri(silent.uri()).connectTimeout(Bench.SHORT).open();
            bench().send(ANY).assertProblem(Problem.NOT_CONNECTED);
        }
    }
}
