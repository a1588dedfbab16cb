package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.ScriptedSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sockets that end on the other side. */
abstract class SocketLossRules extends SocketRules {

    private static final byte[] BYTES = "[1,2,3]".getBytes(StandardCharsets.UTF_8);

    /** A lost socket is reported once, and the next batch opens another socket. */
    private void assertLostOnce() throws InterruptedException {
        bench().inbox.assertEnd(Problem.LOST);
        int before = bench().peer.sockets().upgradeCount();
        open().send(Frame.text("[\"again\"]"));
        assertEquals("[\"again\"]", bench().inbox.message());
        assertEquals(before + 1, bench().peer.sockets().upgradeCount());
        bench().inbox.assertEmpty();
    }

    @Test
    @Tag("C-127")
    @Tag("C-133")
    void aCloseFrameIsALossAndIsAnswered() throws Exception {
        for (int code : new int[]{0, 1000, 1001, 1002, 1009, 1011, 1013, 3000, 4999}) {
            Case.of(code == 0 ? "no code" : "code " + code, () -> {
                ScriptedSocket socket = open().send(Frame.close(code, code == 0 ? "" : "Destroy"));
                socket.awaitClosing(bench().patience);
                socket.awaitEnd(bench().patience);
                bench().inbox.assertEnd(Problem.LOST);
            });
        }
        bench().inbox.assertEmpty();
    }

    @Test
    @Tag("C-133")
    void codeAndReasonAreReported() throws Exception {
        open().send(Frame.close(1011, "out of\norder"));
        String text = bench().inbox.end().getMessage();
        assertTrue(text.contains("1011") && text.contains("out of\\norder"), text);
    }

    @Test
    @Tag("C-124")
    @Tag("C-127")
    void aConnectionThatEndsWithoutACloseFrameIsLostOnce() throws Exception {
        assertLostOnce("between messages", ScriptedSocket::drop);
        assertLostOnce("by a reset", socket -> {
            bench().peer.answer(Answer.reset());
            // The server may be quicker than the end of the write.
            bench().send(ANY).succeeded();
        });
        assertLostOnce("within a frame", socket -> socket.send(Frame.text("[1,2,3]").cut(5)).drop());
        assertLostOnce("within a message", socket -> socket.send(Frame.first(BYTES)).drop());
    }

    /** What ends a socket. */
    @FunctionalInterface
    private interface End {

        void of(ScriptedSocket socket) throws Exception;
    }

    private void assertLostOnce(String name, End end) throws Exception {
        Case.of(name, () -> {
            bench().setup().open();
            end.of(open());
            assertLostOnce();
        });
    }

    @Test
    @Tag("C-127")
    void framesBeforeTheEndAreNotLost() throws Exception {
        ScriptedSocket socket = open();
        socket.send(Frame.text("[1]"), Frame.text("[2]"), Frame.close(1001, ""));
        assertEquals("[1]", bench().inbox.message());
        assertEquals("[2]", bench().inbox.message());
        assertLostOnce();
    }

    @Test
    @Tag("C-127")
    void aServerThatIsAwayIsNotConnectedAndCanComeBack() throws Exception {
        open();
        bench().peer.goDown();
        bench().inbox.assertEnd(Problem.LOST);
        TransportException failure = bench().send(ANY).assertProblem(Problem.NOT_CONNECTED);
        assertTrue(failure.notSent());
        bench().peer.comeBack();
        open();
    }

    @Test
    @Tag("C-131")
    void afterALossThereIsOneSocket() throws Exception {
        open().drop();
        bench().inbox.end();
        Sending first = bench().send("[1]");
        Sending second = bench().send("[2]");
        first.done();
        second.done();
        assertEquals(2, bench().peer.sockets().upgradeCount());
    }

    @Test
    @Tag("C-101")
    void aDroppedConnectionIsClosedAndTheNextBatchOpensAnother() throws Exception {
        ScriptedSocket silent = open();
        bench().transport().dropConnection();
        bench().inbox.assertEnd(Problem.TIMED_OUT);
        assertEquals(1000, silent.awaitClosing(bench().patience).code());
        silent.awaitEnd(bench().patience);
        open().send(Frame.text("[1]"));
        assertEquals("[1]", bench().inbox.message());
    }

    @Test
    @Tag("C-101")
    void aConnectionWhoseOtherEndIsGoneIsCut() throws Exception {
        ScriptedSocket gone = open();
        gone.ignoreClosing();
        bench().transport().dropConnection();
        bench().inbox.end();
        gone.awaitEnd(bench().patience);
    }

    @Test
    @Tag("C-101")
    void droppingNoConnectionDoesNothing() throws Exception {
        bench().transport().dropConnection();
        open().drop();
        bench().inbox.assertEnd(Problem.LOST);
        bench().transport().dropConnection();
        bench().inbox.assertEmpty();
        open();
    }

    @Test
    @Tag("C-58")
    void aLossWhileWritingIsALoss() throws Exception {
        ScriptedSocket socket = open();
        socket.stopReading();
        bench().send("[\"the last that is read\"]").done();
        Sending stuck = bench().send("[\"%s\"]".formatted("0123456789abcdef".repeat(3 << 20)));
        awaitWriteStuck();
        socket.drop();
        stuck.assertProblem(Problem.LOST);
        bench().inbox.assertEnd(Problem.LOST);
    }
}
