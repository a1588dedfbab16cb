package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.contract.Bench.GiveUp;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch reaches the server once, or not at all. */
abstract class RepetitionRules extends Rules {

    @Test
    @Tag("C-56")
    void notAfterALoss() throws Exception {
        Reply numbers = Answer.json("[1,2,3]");
        assertSentOnce("on a new connection", Answer.drop());
        bench().send(any()).reply();
        assertSentOnce("on a used connection", Answer.drop());
        bench().send(any()).reply();
        assertSentOnce("on a used connection that is reset", Answer.reset());
        assertSentOnce("before the body", Answer.cut(numbers, 0));
        assertSentOnce("within the body", Answer.cut(numbers, 3));
    }

    private void assertSentOnce(String name, Answer answer) throws Exception {
        Case.of(name, () -> {
            int before = bench().peer.requestCount();
            bench().peer.answer(answer);
            bench().send(any()).succeeded();
            assertEquals(before + 1, bench().peer.requestCount(), "requests");
        });
    }

    @Test
    @Tag("C-56")
    void notWhenAKeptConnectionTurnsOutToBeClosed() throws Exception {
        needsHttp("it keeps no connections");
        for (int round = 1; round <= 10; round++) {
            bench().peer.answer(Answer.json("[]").framed(Reply.Framing.LENGTH_THEN_CLOSED));
            bench().send("[%d]".formatted(2 * round)).succeeded();
            bench().send("[%d]".formatted(2 * round + 1)).succeeded();
        }
        assertNoBatchTwice();
    }

    @Test
    @Tag("C-56")
    void notAfterAStatusThatAsksForIt() throws Exception {
        int[] statuses = {401, 407, 408, 421, 425, 429, 503};
        for (int status : statuses) {
            Case.of("status " + status, () -> {
                bench().peer.answer(Answer.status(status).header("Retry-After", "0").header("WWW-Authenticate", "Basic")
                        .header("Proxy-Authenticate", "Basic"));
                bench().send(any()).assertProblem(Problem.STATUS);
            });
        }
        assertEquals(statuses.length, bench().peer.requestCount());
    }

    @Test
    @Tag("C-56")
    void notAfterTheLimit() throws Exception {
        bench().sendAndGiveUp(bench().transport(), GiveUp.BEFORE_THE_ANSWER, Answer::stall);
        bench().send(any()).reply();
        assertNoBatchTwice();
    }

    private void assertNoBatchTwice() {
        List<String> batches = bench().peer.requests().stream().map(ReceivedRequest::text).toList();
        assertEquals(batches.stream().distinct().toList(), batches);
    }
}
