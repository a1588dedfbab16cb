package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.SilentPort;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that cannot be made, and those that are lost. */
abstract class LossRules extends Rules {

    private static final Reply NUMBERS = Answer.json("[1,2,3]");

    @Test
    @Tag("C-58")
    void aRefusedConnectionIsNotConnected() throws Exception {
        bench().peer.goDown();
        TransportException failure = bench().send(any()).transportFailure();
        assertEquals(Problem.NOT_CONNECTED, failure.problem());
        assertTrue(failure.notSent());
    }

    @Test
    @Tag("C-58")
    void aConnectionThatIsNotMadeInTimeIsNotConnected() throws Exception {
        needsHttp("it has no connections");
        try (SilentPort silent = SilentPort.open()) {
            Transport transport = bench().setup().uri(silent.uri()).connectTimeout(Bench.SHORT).open();
            bench().send(transport, any()).assertProblem(Problem.NOT_CONNECTED);
        }
    }

    @Test
    @Tag("C-100")
    void theTimeForConnectingIsNoLimitForAnswers() throws Exception {
        bench().send(any()).reply();
        Transport transport = bench().setup().connectTimeout(Bench.SHORT).open();
        bench().peer.answer(Held.atMost(Bench.SHORT.multipliedBy(2), () -> NUMBERS));
        assertEquals("[1,2,3]", bench().send(transport, any()).reply());
    }

    @Test
    @Tag("C-58")
    void anUnknownHostIsUnknown() throws Exception {
        needsHttp("it needs no host");
        // A label of more than 63 characters is refused by every resolver without asking a name server.
        URI nowhere = URI.create("http://%s.invalid/bayeux".formatted("a".repeat(64)));
        bench().send(bench().setup().uri(nowhere).open(), any()).assertProblem(Problem.UNKNOWN_HOST);
    }

    @Test
    @Tag("C-58")
    void aConnectionThatEndsBeforeTheReplyIsLost() throws Exception {
        bench().peer.answer(Answer.drop(), Answer.reset());
        bench().send(any()).assertProblem(Problem.LOST);
        bench().send(any()).assertProblem(Problem.LOST);
    }

    @Test
    @Tag("C-107")
    void aReplyThatIsCutShortIsLost() throws Exception {
        bench().peer.answer(Answer.cut(NUMBERS, 3));
        bench().send(any()).assertProblem(Problem.LOST);
    }

    @Test
    @Tag("C-107")
    void whatHasArrivedOfAReplyThatIsCutShortIsHandedOver() throws Exception {
        needsBodies();
        needsHttp("its replies are not cut");
        RecordingInbox inbox = new RecordingInbox(bench().patience);
        Transport transport = bench().setup().inbox(inbox).open();
        bench().peer.answer(Answer.cut(NUMBERS, 3), Answer.cut(NUMBERS.framed(Reply.Framing.CHUNKED), 5),
                Answer.cut(Reply.of(500).body(new byte[9]), 3));
        bench().send(transport, any()).assertProblem(Problem.LOST);
        assertEquals("[1,", inbox.message());
        bench().send(transport, any()).assertProblem(Problem.LOST);
        assertEquals("[1,2,", inbox.message());
        bench().send(transport, any()).assertProblem(Problem.LOST);
        inbox.assertEmpty();
    }

    @Test
    @Tag("C-107")
    void aReplyThatIsCutBetweenChunksIsLost() throws Exception {
        bench().peer.answer(Answer.cut(NUMBERS.framed(Reply.Framing.CHUNKED), 7));
        bench().send(any()).assertProblem(Problem.LOST);
    }

    @Test
    @Tag("C-107")
    void whatIsNoHttpIsLostOrUnreadable() throws Exception {
        bench().peer.answer(Answer.raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"));
        Problem problem = bench().send(any()).transportFailure().problem();
        assertTrue(EnumSet.of(Problem.LOST, Problem.UNREADABLE).contains(problem), problem::toString);
    }

    @Test
    @Tag("C-58")
    void theServersRestartIsSurvived() throws Exception {
        bench().send(any()).reply();
        bench().peer.goDown();
        TransportException failure = bench().send(any()).transportFailure();
        assertTrue(EnumSet.of(Problem.LOST, Problem.NOT_CONNECTED).contains(failure.problem()),
                () -> failure.problem().toString());
        bench().peer.comeBack();
        // The news of a lost connection may reach a transport late, so one more loss is fair.
        if (!bench().send(any()).succeeded()) {
            bench().send(any()).reply();
        }
    }

    @Test
    @Tag("C-58")
    void aLossLeavesOtherRequestsAlone() throws Exception {
        Held held = Answer.held(NUMBERS);
        bench().peer.answer(held, Answer.drop());
        Sending other = bench().send(any());
        bench().request();
        bench().send(any()).assertProblem(Problem.LOST);
        held.release();
        assertEquals("[1,2,3]", other.reply());
    }

    @Test
    @Tag("C-58")
    void theServerIsLostWhileItHoldsARequest() throws Exception {
        bench().peer.answer(Answer.stall());
        Sending sending = bench().send(bench().transport(), any(), Duration.ofDays(1));
        bench().request();
        bench().peer.goDown();
        sending.assertProblem(Problem.LOST);
    }
}
