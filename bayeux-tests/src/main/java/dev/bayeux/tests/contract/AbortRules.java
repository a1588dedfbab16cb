package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.contract.Bench.GiveUp;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.Paused;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.SilentPort;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that are abandoned: at their limit or by an interrupt. */
abstract class AbortRules extends Rules {

    private static final Reply NUMBERS = Answer.json("[1,2,3]");

    @Test
    @Tag("C-101")
    void theLimitAbortsARequest() throws Exception {
        Transport brief = bench().setup().replyTimeouts(Bench.BRIEF, Bench.LONG).open();
        Transport endless = bench().setup().maxReplyBytes(Integer.MAX_VALUE)
                .replyTimeouts(Bench.LONG, Bench.BRIEF).open();
        Case.of("that is not answered", () -> bench()
                .sendAndGiveUp(bench().transport(), GiveUp.BEFORE_THE_ANSWER, Answer::stall)
                .assertTimedOut(bench().patience));
        Case.of("whose reply does not go on", () -> bench()
                .sendAndGiveUp(brief, GiveUp.WITHIN_THE_ANSWER, () -> Answer.paused(NUMBERS, 3))
                .assertTimedOut(bench().patience));
        Case.of("whose reply goes on for ever", () -> bench()
                .sendAndGiveUp(endless, GiveUp.WITHIN_THE_ANSWER, Answer::trickle).assertTimedOut(bench().patience));
    }

    @Test
    @Tag("C-98")
    void aReplyThatHasBegunMayContinueAfterTheLimit() throws Exception {
        assertTrue(bench().succeedsWithSomeLimit(bench().transport(),
                limit -> Answer.paused(NUMBERS, 3, limit.multipliedBy(2))));
    }

    @Test
    @Tag("C-85")
    void aLateReplyIsDiscarded() throws Exception {
        Queue<Runnable> late = new ConcurrentLinkedQueue<>();
        Transport brief = bench().setup().replyTimeouts(Bench.BRIEF, Bench.LONG).open();
        Case.of("all of it is late", () -> bench().sendAndGiveUp(brief, GiveUp.BEFORE_THE_ANSWER, () -> {
            Held held = Answer.held(Answer.json("[\"late\"]"));
            late.add(held::release);
            return held;
        }).sending().assertProblem(Problem.TIMED_OUT));
        Case.of("the rest of it is late", () -> bench().sendAndGiveUp(brief, GiveUp.WITHIN_THE_ANSWER, () -> {
            Paused paused = Answer.paused(NUMBERS, 3);
            late.add(paused::release);
            return paused;
        }).sending().assertProblem(Problem.TIMED_OUT));
        late.forEach(Runnable::run);
        assertEquals("[\"fresh\"]", bench().send(brief, any()).reply());
    }

    @Test
    @Tag("C-101")
    void anInterruptAbortsARequest() throws Exception {
        Case.of("that is not answered", () -> assertInterruptAborts(Answer.stall()));
        Case.of("whose reply does not go on", () -> assertInterruptAborts(Answer.paused(NUMBERS, 3)));
        if (contract().http()) {
            try (SilentPort silent = SilentPort.open()) {
                Sending sending = bench().send(bench().setup().uri(silent.uri()).open(), any());
                Case.of("that waits for a connection", () -> {
                    sending.awaitWaiting();
                    sending.interrupt();
                    assertInstanceOf(InterruptedException.class, sending.failure());
                });
            }
        }
    }

    @Test
    @Tag("C-101")
    void anAbortLeavesOtherRequestsAlone() throws Exception {
        Held held = Answer.held(NUMBERS);
        bench().peer.answer(held, Answer.stall());
        Sending other = bench().send(any());
        bench().request();
        Sending interrupted = bench().send(any());
        bench().request();
        interrupted.interrupt();
        assertInstanceOf(InterruptedException.class, interrupted.failure());
        bench().sendAndGiveUp(bench().transport(), GiveUp.BEFORE_THE_ANSWER, Answer::stall).sending()
                .assertProblem(Problem.TIMED_OUT);
        held.release();
        assertEquals("[1,2,3]", other.reply());
    }

    private void assertInterruptAborts(Answer answer) throws InterruptedException {
        bench().peer.answer(answer);
        Sending sending = bench().send(any());
        ReceivedRequest request = bench().request();
        sending.interrupt();
        assertInstanceOf(InterruptedException.class, sending.failure());
        assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(bench().patience));
        assertEquals("[]", bench().send(any()).reply());
        bench().request();
    }
}
