package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.Paused;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.SilentPort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that are given up: by their limit or by an interrupt. */
abstract class AbortRules extends Rules {

    private static final Reply NUMBERS = Answer.json("[1,2,3]");

    @Test
    @Tag("C-101")
    void c101_theLimitAbortsARequestThatIsNotAnswered() throws Exception {
        bench().peer.answer(Answer.stall());
        bench().sendAndGiveUp(bench().transport()).assertTimedOut(bench().patience);
    }

    @Test
    @Tag("C-101")
    void c101_theLimitAbortsAReplyThatDoesNotGoOn() throws Exception {
        bench().peer.answer(Answer.paused(NUMBERS, 3));
        bench().sendAndGiveUp(bench().transport()).assertTimedOut(bench().patience);
    }

    @Test
    @Tag("C-101")
    void c101_theLimitAbortsAReplyThatGoesOnForEver() throws Exception {
        Transport transport = bench().setup().maxReplyBytes(Integer.MAX_VALUE).open();
        bench().peer.answer(Answer.trickle());
        bench().sendAndGiveUp(transport).assertTimedOut(bench().patience);
    }

    @Test
    @Tag("C-85")
    void c085_aLateReplyReachesNobody() throws Exception {
        Held late = Answer.held(Answer.json("[\"late\"]"));
        bench().peer.answer(late, Answer.json("[\"fresh\"]"));
        bench().sendAndGiveUp(bench().transport()).sending().assertProblem(Problem.TIMED_OUT);
        late.release();
        assertEquals("[\"fresh\"]", bench().send(any()).reply());
    }

    @Test
    @Tag("C-85")
    void c085_theLateRestOfAReplyReachesNobody() throws Exception {
        Paused late = Answer.paused(NUMBERS, 3);
        bench().peer.answer(late, Answer.json("[\"fresh\"]"));
        bench().sendAndGiveUp(bench().transport()).sending().assertProblem(Problem.TIMED_OUT);
        late.release();
        assertEquals("[\"fresh\"]", bench().send(any()).reply());
    }

    @Test
    @Tag("C-101")
    void c101_anInterruptAbortsARequest() throws Exception {
        bench().peer.answer(Answer.stall());
        assertInterruptAborts();
    }

    @Test
    @Tag("C-101")
    void c101_anInterruptAbortsAReply() throws Exception {
        bench().peer.answer(Answer.paused(NUMBERS, 3));
        assertInterruptAborts();
    }

    @Test
    @Tag("C-101")
    void c101_anInterruptAbortsTheMakingOfAConnection() throws Exception {
        needsHttp("it has no connections");
        try (SilentPort silent = SilentPort.open()) {
            Sending sending = bench().send(bench().setup().uri(silent.uri()).open(), any());
            sending.interrupt();
            assertInstanceOf(InterruptedException.class, sending.failure());
        }
    }

    @Test
    @Tag("C-101")
    void c101_anAbortLeavesOtherRequestsAlone() throws Exception {
        Held held = Answer.held(NUMBERS);
        bench().peer.answer(held, Answer.stall(), Answer.stall());
        Sending other = bench().send(any());
        bench().request();
        Sending interrupted = bench().send(any());
        bench().request();
        interrupted.interrupt();
        assertInstanceOf(InterruptedException.class, interrupted.failure());
        bench().sendAndGiveUp(bench().transport()).sending().assertProblem(Problem.TIMED_OUT);
        held.release();
        assertEquals("[1,2,3]", other.reply());
    }

    private void assertInterruptAborts() throws InterruptedException {
        Sending sending = bench().send(any());
        ReceivedRequest request = bench().request();
        sending.interrupt();
        assertInstanceOf(InterruptedException.class, sending.failure());
        assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(bench().patience));
        assertEquals("[]", bench().send(any()).reply());
    }
}
