package dev.bayeux.tests.contract;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.tests.server.ScriptedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Some rules of the contract for full-duplex transports, about one theme. */
abstract class SocketRules {

    static final String ANY = "[{\"channel\":\"/any\"}]";

    private SocketBench bench;

    SocketRules() {
    }

    /** The contract these rules are part of. */
    abstract WebSocketContract contract();

    @BeforeEach
    final void setUp() {
        bench = new SocketBench(contract());
    }

    @AfterEach
    final void tearDown() throws InterruptedException {
        bench.close();
    }

    final SocketBench bench() {
        return bench;
    }

    /** The server's side of the socket of a batch that has arrived there. */
    final ScriptedSocket open() throws InterruptedException {
        bench.send(ANY).done();
        bench.peer.takeRequest(bench.patience);
        return bench.peer.sockets().take(bench.patience);
    }

    /**
     * Waits until a write that does not end holds up the others. Only this shows that it is under way: a thread that rests may
     * rest before it.
     */
    final void awaitWriteStuck() throws InterruptedException {
        long endNs = System.nanoTime() + bench.patience.toNanos();
        Sending next = bench.send(ANY, Bench.SHORT);
        while (next.succeeded() && System.nanoTime() - endNs < 0) {
            next = bench.send(ANY, Bench.SHORT);
        }
        next.assertProblem(Problem.TIMED_OUT);
    }
}
