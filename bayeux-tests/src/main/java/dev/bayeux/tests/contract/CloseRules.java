package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.LiveThreads;
import dev.bayeux.tests.contract.Bench.GiveUp;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.SilentPort;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a transport. */
abstract class CloseRules extends Rules {

    @Test
    @Tag("C-35/T17")
    void closeEndsAHeldRequest() throws Exception {
        bench().peer.answer(Answer.stall(), Answer.paused(Answer.json("[1,2,3]"), 3));
        Sending first = bench().send(any());
        ReceivedRequest firstRequest = bench().request();
        Sending second = bench().send(any());
        ReceivedRequest secondRequest = bench().request();
        close(bench().transport());
        first.assertProblem(Problem.CLOSED);
        second.assertProblem(Problem.CLOSED);
        assertEquals(Ending.LEFT_BY_CLIENT, firstRequest.awaitEnd(bench().patience));
        assertEquals(Ending.LEFT_BY_CLIENT, secondRequest.awaitEnd(bench().patience));
    }

    @Test
    @Tag("C-35/T17")
    void closeEndsConnecting() throws Exception {
        needsHttp("it has no connections");
        try (SilentPort silent = SilentPort.open()) {
            CountDownLatch begun = new CountDownLatch(1);
            Transport transport = bench().setup().uri(silent.uri()).headers(() -> {
                begun.countDown();
                return Map.of();
            }).open();
            Sending sending = bench().send(transport, any());
            assertTrue(begun.await(bench().patience.toNanos(), TimeUnit.NANOSECONDS), "headers were not asked for");
            sending.awaitWaiting();
            close(transport);
            sending.assertProblem(Problem.CLOSED);
        }
    }

    @Test
    @Tag("C-94")
    void nothingIsSentAfterClose() throws Exception {
        bench().send(any()).reply();
        close(bench().transport());
        bench().send(any()).assertProblem(Problem.CLOSED);
        assertEquals(1, bench().peer.requestCount());
    }

    /** What the transport asks the program for closes it: so close comes when a request has begun and nothing has left. */
    @Test
    @Tag("C-94")
    void aRequestThatBeginsDuringCloseIsNotSent() throws Exception {
        Runnable[] close = new Runnable[1];
        TransportSetup setup = bench().setup().headers(() -> {
            close[0].run();
            return Map.of();
        });
        assertClosed(setup, close);
        if (contract().http()) {
            assertClosed(bench().setup().http(HttpSettings.DEFAULT.withProxies(new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    close[0].run();
                    return List.of(Proxy.NO_PROXY);
                }

                @Override
                public void connectFailed(URI uri, SocketAddress place, IOException failure) {
                    throw new AssertionError(failure);
                }
            })), close);
        }
        assertEquals(0, bench().peer.requestCount());
    }

    private void assertClosed(TransportSetup setup, Runnable[] close) throws InterruptedException {
        Transport transport = setup.open();
        close[0] = transport::close;
        bench().send(transport, any()).assertProblem(Problem.CLOSED);
    }

    @Test
    void closeMayBeRepeated() throws Exception {
        Transport unused = bench().setup().open();
        close(unused);
        close(unused);
        bench().send(any()).reply();
        close(bench().transport());
        close(bench().transport());
    }

    @Test
    void closeLeavesOtherTransportsAlone() throws Exception {
        Held held = Answer.held(Answer.json("[1]"));
        bench().peer.answer(held);
        Sending other = bench().send(bench().setup().open(), any());
        bench().request();
        bench().send(any()).reply();
        close(bench().transport());
        held.release();
        assertEquals("[1]", other.reply());
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

    /** Makes everything that a transport must close: an idle connection, one in use, aborted ones. */
    private void useAndClose() throws InterruptedException {
        Transport transport = bench().setup().open();
        bench().peer.answer(Answer.stall(), Answer.stall());
        Sending held = bench().send(transport, "[\"held\"]");
        bench().request("[\"held\"]");
        Sending interrupted = bench().send(transport, "[\"interrupted\"]");
        bench().request("[\"interrupted\"]");
        interrupted.interrupt();
        interrupted.failure();
        bench().sendAndGiveUp(transport, GiveUp.BEFORE_THE_ANSWER, Answer::stall);
        bench().send(transport, any()).reply();
        close(transport);
        held.failure();
    }

    private void close(Transport transport) throws InterruptedException {
        Closing.of(transport, bench().patience);
    }
}
