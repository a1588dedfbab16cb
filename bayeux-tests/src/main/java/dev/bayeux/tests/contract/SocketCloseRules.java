package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.LiveThreads;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.ScriptedSocket;
import dev.bayeux.tests.server.ScriptedSockets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a transport over WebSocket. */
abstract class SocketCloseRules extends SocketRules {

    private void close(Transport transport) throws InterruptedException {
        Closing.of(transport, bench().patience);
    }

    @Test
    @Tag("C-133")
    void theSocketIsClosedWithCode1000() throws Exception {
        ScriptedSocket socket = open();
        close(bench().transport());
        assertEquals(1000, socket.awaitClosing(bench().patience).code());
        socket.awaitEnd(bench().patience);
        bench().inbox.assertEmpty();
    }

    @Test
    @Tag("C-133")
    void aServerThatDoesNotAnswerTheCloseFrameIsNeitherAwaitedNorHeard() throws Exception {
        ScriptedSocket socket = open();
        socket.ignoreClosing();
        close(bench().transport());
        assertEquals(1000, socket.awaitClosing(bench().patience).code());
        socket.send(Frame.text("[1]"));
        socket.awaitEnd(bench().patience);
        bench().inbox.assertEmpty();
    }

    @Test
    @Tag("C-94")
    void nothingIsSentAfterClose() throws Exception {
        open();
        close(bench().transport());
        bench().send(ANY).assertProblem(Problem.CLOSED);
        Transport unused = bench().setup().open();
        close(unused);
        bench().send(ANY).assertProblem(Problem.CLOSED);
        assertEquals(1, bench().peer.requestCount());
        assertEquals(1, bench().peer.sockets().upgradeCount());
    }

    @Test
    @Tag("C-35/T17")
    void closeEndsTheOpeningOfASocket() throws Exception {
        bench().peer.sockets().answer(Answer.stall());
        Sending asking = bench().send(ANY);
        Sending waiting = bench().send(ANY);
        bench().peer.sockets().takeUpgrade(bench().patience);
        close(bench().transport());
        asking.assertProblem(Problem.CLOSED);
        waiting.assertProblem(Problem.CLOSED);
        bench().peer.awaitNoConnections(bench().patience);
    }

    @Test
    @Tag("C-35/T17")
    void closeEndsAWrite() throws Exception {
        ScriptedSocket socket = open();
        socket.stopReading();
        bench().send("[\"the last that is read\"]").done();
        Sending stuck = bench().send("[\"%s\"]".formatted("0123456789abcdef".repeat(3 << 20)));
        awaitWriteStuck();
        close(bench().transport());
        stuck.assertProblem(Problem.CLOSED);
        socket.readAgain();
        socket.awaitEnd(bench().patience);
    }

    @Test
    void closeMayBeRepeated() throws Exception {
        Transport unused = bench().setup().open();
        close(unused);
        close(unused);
        bench().setup().open();
        open();
        close(bench().transport());
        close(bench().transport());
    }

    @Test
    void closeLeavesOtherTransportsAlone() throws Exception {
        ScriptedSocket other = open();
        Transport closed = bench().setup().open();
        open();
        close(closed);
        other.send(Frame.text("[1]"));
        assertEquals("[1]", bench().inbox.message());
    }

    @Test
    @Tag("C-92")
    void closeLeavesNoThreadAndNoConnection() throws Exception {
        // What a stack starts once and for all is started here.
        useAndClose();
        LiveThreads before = LiveThreads.now();
        useAndClose();
        // The last transport of a shared client stops that client, which waits several seconds for its threads on a busy machine.
        before.awaitNoneAdded(bench().patience.multipliedBy(3));
        bench().peer.awaitNoConnections(bench().patience);
    }

    /** Makes everything that a transport must close: a socket in use, a dropped one, one that was never opened. */
    private void useAndClose() throws InterruptedException {
        Transport transport = bench().setup().open();
        ScriptedSockets sockets = bench().peer.sockets();
        ScriptedSocket first = open();
        sockets.takeUpgrade(bench().patience);
        first.ignoreClosing();
        transport.dropConnection();
        bench().inbox.end();
        sockets.answer(Answer.status(503), Answer.stall());
        bench().send(ANY).failure();
        sockets.takeUpgrade(bench().patience);
        Sending interrupted = bench().send(ANY);
        sockets.takeUpgrade(bench().patience);
        interrupted.interrupt();
        interrupted.failure();
        open();
        sockets.takeUpgrade(bench().patience);
        close(transport);
    }
}
