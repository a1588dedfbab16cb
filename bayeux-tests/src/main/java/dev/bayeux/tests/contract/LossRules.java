package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import dev.bayeux.tests.server.SilentPort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that cannot be made, and those that are lost. */
abstract class LossRules extends Rules {

    private static final Reply NUMBERS = Answer.json("[1,2,3]");

    @Test
    @Tag("C-58")
    void theFailureSaysWhyThereIsNoConnection() throws Exception {
        if (contract().http()) {
            Case.of("an unknown host", () -> bench().send(bench().setup().uri(UnknownHost.uri()).open(), any())
                    .assertProblem(Problem.UNKNOWN_HOST));
            try (SilentPort silent = SilentPort.open()) {
                Transport transport = bench().setup().uri(silent.uri()).connectTimeout(Bench.SHORT).open();
                Case.of("a host that does not answer in time",
                        () -> bench().send(transport, any()).assertProblem(Problem.NOT_CONNECTED));
            }
        }
        Case.of("a port that refuses", () -> {
            Transport transport = bench().setup().open();
            bench().peer.goDown();
            assertTrue(bench().send(transport, any()).assertProblem(Problem.NOT_CONNECTED).notSent());
        });
    }

    @Test
    @Tag("C-100")
    void theTimeForConnectingIsNoLimitForAnswers() throws Exception {
        bench().send(any()).reply();
        assertTrue(bench().isAnsweredWithSomeLimit((limit, attempt) -> {
            bench().peer.answerWith(request -> Held.atMost(limit.multipliedBy(2), () -> NUMBERS));
            return bench().send(bench().setup().connectTimeout(limit).open(), attempt);
        }));
    }

    @Test
    @Tag("C-58")
    @Tag("C-107")
    void aReplyThatIsCutIsLost() throws Exception {
        assertLost("the connection ends", Answer.drop());
        assertLost("the connection is reset", Answer.reset());
        assertLost("within the body", Answer.cut(NUMBERS, 3));
        assertLost("between chunks", Answer.cut(NUMBERS.framed(Reply.Framing.CHUNKED), 7));
        if (contract().http()) {
            Case.of("within the headers", () -> {
                bench().peer.answer(Answer.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le"));
                assertFalse(bench().send(any()).transportFailure().notSent(),
                        "the server may have processed the batch");
            });
        }
    }

    private void assertLost(String name, Answer answer) throws Exception {
        Case.of(name, () -> {
            bench().peer.answer(answer);
            bench().send(any()).assertProblem(Problem.LOST);
        });
    }

    @Test
    @Tag("C-107")
    void theArrivedPartOfACutOffReplyIsPassedOn() throws Exception {
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
    void anAnswerThatIsNotHttpIsUnreadable() throws Exception {
        needsHttp("it reads no HTTP");
        bench().peer.answer(Answer.raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"),
                Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n"));
        assertUnreadable(bench().send(any()).transportFailure());
        // Some HTTP clients take a bad chunk for the end of the connection.
        Problem problem = bench().send(any()).transportFailure().problem();
        assertTrue(EnumSet.of(Problem.LOST, Problem.UNREADABLE).contains(problem), problem::toString);
    }

    @Test
    @Tag("C-107")
    void interimResponsesAreSkippedUpToALimit() throws Exception {
        needsHttp("it has no interim responses");
        String interim = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n";
        String last = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]";
        // One, since OkHttp (4.12) fails at the second.
        bench().peer.answer(Answer.raw(interim + last), Answer.raw(interim.repeat(50_000)));
        assertEquals("[]", bench().send(any()).reply());
        Problem problem = bench().send(any()).transportFailure().problem();
        assertTrue(EnumSet.of(Problem.LOST, Problem.UNREADABLE).contains(problem), problem::toString);
    }

    /** Tells where and what, and nothing of what the server said: it may be a cookie. */
    private void assertUnreadable(TransportException failure) {
        assertEquals(Problem.UNREADABLE, failure.problem(), () -> failure + ", caused by " + failure.getCause());
        assertTrue(failure.getMessage().contains("http://" + bench().peer.uri().getRawAuthority()),
                failure::getMessage);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("OpenSSH"), trace::toString);
        assertFalse(trace.toString().contains("SECRET"), trace::toString);
    }

    @Test
    @Tag("C-135")
    void anUnreadableHeadersValueIsNotShown() throws Exception {
        needsHttp("it reads no headers");
        bench().peer
                .answer(Answer.raw("HTTP/1.1 200 OK\r\nSet-Cookie: i=SECRET\u0007x\r\nContent-Length: 2\r\n\r\n[]"));
        Sending sending = bench().send(any());
        if (!sending.succeeded()) {
            assertUnreadable(sending.transportFailure());
        }
        // A transport may learn late that the server has closed its connection.
        if (!bench().send(any()).succeeded()) {
            bench().send(any()).reply();
        }
        for (ReceivedRequest request : bench().peer.requests()) {
            assertEquals(List.of(), request.headers("Cookie"));
        }
    }

    @Test
    @Tag("C-108")
    void headersOverTheLimitFail() throws Exception {
        needsHttp("it has no headers of any size");
        Reply large = NUMBERS;
        for (int n = 0; n < 50; n++) {
            large = large.header("X-Header-" + n, "x".repeat(6000));
        }
        bench().peer.answer(large);
        assertHeadTooLarge(bench().send(any()));
        assertEquals("[]", bench().send(any()).reply());
    }

    /** The server sends more than four times the limit, and then waits. Only a client that counts while it reads ends this. */
    @Test
    @Tag("C-108")
    void headersWithoutEndAreNotReadForEver() throws Exception {
        needsHttp("it has no headers of any size");
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        String filler = "x".repeat(1000);
        for (String headers : List.of("X-Filler: %s\r\n".formatted(filler).repeat(1 << 10),
                "X-Filler: " + filler.repeat(1 << 10))) {
            Case.of("%d lines".formatted(headers.lines().count()), () -> {
                bench().peer.answer(Answer.unfinished(head + headers));
                Sending sending = bench().send(any());
                ReceivedRequest request = bench().request();
                assertHeadTooLarge(sending);
                assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(bench().patience));
            });
        }
        assertEquals("[]", bench().send(any()).reply());
    }

    private void assertHeadTooLarge(Sending sending) throws InterruptedException {
        TransportException failure = sending.transportFailure();
        if (contract().tellsLargeHeads() || failure.problem() != Problem.LOST) {
            assertEquals(Problem.TOO_LARGE, failure.problem(), failure::toString);
        }
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
        // A transport may learn late that a connection is lost, so one more loss is allowed.
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

    @Test
    @Tag("C-101")
    void connectionsThatMayBeDeadAreNotUsedAgain() throws Exception {
        needsHttp("nothing tells its connections apart");
        Transport transport = bench().setup().open();
        bench().send(transport, any()).reply();
        int before = bench().request().connection();
        transport.dropConnection();
        bench().send(transport, any()).reply();
        assertNotEquals(before, bench().request().connection());
    }
}
