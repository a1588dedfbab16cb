package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.LiveThreads;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.SilentPort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a full-duplex transport. */
abstract class DuplexCloseRules extends DuplexRules {

    @Test
    void nothingIsHeardOfAClose() throws Exception {
        use();
        close(transport());
        peer().awaitNoConnections(patience());
        inbox().assertEmpty();
    }

    @Test
    @Tag("C-94")
    void nothingIsSentAfterClose() throws Exception {
        use();
        close(transport());
        send(ANY).assertProblem(Problem.CLOSED);
        close(setup().open());
        send(ANY).assertProblem(Problem.CLOSED);
        assertEquals(1, peer().requestCount());
        assertEquals(1, peer().connectionCount());
    }

    @Test
    @Tag("C-35/T17")
    void closeFreesASenderThatWaitsForAConnection() throws Exception {
        try (SilentPort silent = SilentPort.open()) {
            setup().uri(silent.uri()).open();
            Sending connecting = send(ANY);
            Sending waiting = send(ANY);
            connecting.awaitWaiting();
            close(transport());
            connecting.assertProblem(Problem.CLOSED);
            waiting.assertProblem(Problem.CLOSED);
        }
    }

    @Test
    void closeMayBeRepeated() throws Exception {
        Transport unused = setup().open();
        close(unused);
        close(unused);
        setup().open();
        use();
        close(transport());
        close(transport());
    }

    @Test
    void closeLeavesOtherTransportsAlone() throws Exception {
        Held held = toSay(Answer.json("[1]"));
        Transport closed = setup().open();
        use();
        close(closed);
        held.release();
        assertEquals("[1]", inbox().message());
    }

    @Test
    @Tag("C-92")
    void closeLeavesNoThreadAndNoConnection() throws Exception {
        // What a stack starts once and for all is started here.
        useAndClose();
        LiveThreads before = LiveThreads.now();
        useAndClose();
        // The last transport of a shared client stops that client, which waits several seconds for its threads on a busy machine.
        before.awaitNoneAdded(patience().multipliedBy(3));
        peer().awaitNoConnections(patience());
    }

    /** Makes everything that a transport must close: a connection in use, a dropped one, a lost one. */
    private void useAndClose() throws InterruptedException {
        Transport transport = setup().open();
        use();
        transport.dropConnection();
        inbox().end();
        say(Answer.drop());
        inbox().end();
        use();
        close(transport);
    }
}
