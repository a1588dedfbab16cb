package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.SilentPort;
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
            assertRefused(status, Answer.status(status).header("Location", "/elsewhere"));
        }
        assertRefused(200, Answer.html("<p>Please log in</p>"));
        bench().inbox.assertEmpty();
        assertEquals(statuses.length + 1, bench().peer.sockets().upgradeCount());
    }

    private void assertRefused(int status, Answer answer) throws Exception {
        Case.of("status " + status, () -> {
            bench().peer.sockets().answer(answer);
            TransportException failure = bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
            assertEquals(OptionalInt.of(status), failure.status());
            assertTrue(failure.notSent());
        });
    }

    @Test
    @Tag("C-105")
    void retryAfterIsReported() throws Exception {
        bench().peer.sockets().answer(Answer.status(503).header("Retry-After", "7"));
        assertEquals(Optional.of(Duration.ofSeconds(7)),
                bench().send(ANY).assertProblem(Problem.NOT_UPGRADED).retryAfter());
    }

    @Test
    @Tag("C-128")
    void anotherAnswerIsNoUpgrade() throws Exception {
        // To ask again is no harm, so a stack may do it.
        assertNoUpgrade("the answer to another request", Answer.upgrade().forged(), FailureKind.PERMANENT);
        assertNoUpgrade("no HTTP", Answer.raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"), FailureKind.PERMANENT);
        assertNoUpgrade("a length that is no number",
                Answer.raw("HTTP/1.1 101 Switching Protocols\r\nContent-Length: abc\r\n\r\n"), FailureKind.PERMANENT);
        assertNoUpgrade("a connection that ends", Answer.drop(), FailureKind.TRANSIENT);
        assertNoUpgrade("a connection that is reset", Answer.reset(), FailureKind.TRANSIENT);
    }

    private void assertNoUpgrade(String name, Answer answer, FailureKind kind) throws Exception {
        Case.of(name, () -> {
            bench().peer.sockets().answerAll(answer);
            TransportException failure = bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
            assertEquals(kind, failure.kind(), failure::toString);
        });
    }

    @Test
    @Tag("C-128")
    void theStatusIsToldThoughTheBodyBreaksOff() throws Exception {
        Reply reply = Answer.status(503).header("Retry-After", "7").body(new byte[9]);
        assertCut("its length is named", Answer.cut(reply, 3));
        assertCut("in chunks", Answer.cut(reply.framed(Reply.Framing.CHUNKED), 3));
    }

    private void assertCut(String name, Answer answer) throws Exception {
        Case.of(name, () -> {
            bench().peer.sockets().answer(answer);
            TransportException failure = bench().send(ANY).assertProblem(Problem.NOT_UPGRADED);
            assertEquals(FailureKind.TRANSIENT, failure.kind());
            if (contract().tellsCutRefusals()) {
                assertEquals(OptionalInt.of(503), failure.status(), failure::toString);
                assertEquals(Optional.of(Duration.ofSeconds(7)), failure.retryAfter());
            }
        });
    }

    @Test
    @Tag("C-101")
    @Tag("C-128")
    void anUnansweredUpgradeFails() throws Exception {
        assertGivenUp("no answer", Answer.stall());
        assertGivenUp("an answer that does not end", Answer.trickle());
    }

    private void assertGivenUp(String name, Answer answer) throws Exception {
        Case.of(name, () -> {
            bench().peer.sockets().answer(answer);
            bench().send(ANY, Bench.SHORT).assertProblem(Problem.NOT_UPGRADED);
            bench().peer.awaitNoConnections(bench().patience);
        });
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
    void theFailureSaysWhyThereIsNoConnection() throws Exception {
        Case.of("a port that refuses", () -> {
            bench().peer.goDown();
            bench().send(ANY).assertProblem(Problem.NOT_CONNECTED);
            bench().peer.comeBack();
            open();
        });
        Case.of("an unknown host", () -> {
            bench().setup().uri(UnknownHost.uri()).open();
            bench().send(ANY).assertProblem(Problem.UNKNOWN_HOST);
        });
        try (SilentPort silent = SilentPort.open()) {
            bench().setup().uri(silent.uri()).connectTimeout(Bench.SHORT).open();
            Case.of("a host that does not answer in time",
                    () -> bench().send(ANY).assertProblem(Problem.NOT_CONNECTED));
        }
    }
}
