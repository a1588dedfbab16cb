package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which connection a request uses, and how long connections stay. */
abstract class ConnectionRules extends Rules {

    private static final int ROUNDS = 5;

    @BeforeEach
    final void needsConnections() {
        needsHttp("nothing tells its connections apart");
    }

    /** The number of the connection over which a request goes. */
    private int exchange(Transport transport) throws InterruptedException {
        bench().send(transport, any()).reply();
        return bench().request().connection();
    }

    @Test
    void withoutKeepAliveEachRequestHasASeparateConnection() throws Exception {
        Transport transport = bench().setup().http(HttpSettings.DEFAULT.withKeepAlive(false)).open();
        int first = exchange(transport);
        int second = exchange(transport);
        assertNotEquals(first, second);
        assertNotEquals(second, exchange(transport));
        bench().peer.awaitNoConnections(bench().patience);
    }

    @Test
    @Tag("C-58")
    void aConnectionThatTheServerHasClosedMeanwhileIsNotUsed() throws Exception {
        Assumptions.assumeTrue(contract().noticesClosedConnections(), "the HTTP client does not notice it");
        Duration time = Bench.SHORT;
        for (int round = 0; round < ROUNDS; round++) {
            bench().send(any()).reply();
            bench().peer.answer(Answer.json("[]").framed(Reply.Framing.LENGTH_THEN_CLOSED));
            bench().send(any()).succeeded();
            pass(time);
            // On a busy machine the HTTP client may need longer than that to notice.
            if (bench().send(any()).succeeded()) {
                return;
            }
            time = time.multipliedBy(2);
        }
        fail("a request used a connection that the server had closed");
    }

    /** The time that the HTTP client has to notice something; there is no sign of it. */
    private static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Test
    @Tag("C-101")
    void aConnectionInUseThatMayBeDeadServesNoLaterRequest() throws Exception {
        Transport transport = bench().setup().open();
        exchange(transport);
        Held held = Answer.held(Answer.json("[1]"));
        bench().peer.answer(held);
        Sending inUse = bench().send(transport, any());
        int before = bench().request().connection();
        transport.dropConnection();
        held.release();
        assertEquals("[1]", inUse.reply());
        assertNotEquals(before, exchange(transport));
        assertNotEquals(before, exchange(transport));
    }

    /** The server waits with its connection open, so that only the client can end it. */
    @Test
    @Tag("C-107")
    void aConnectionWithAnAnswerThatCannotBeReadIsClosed() throws Exception {
        for (String answer : List.of("SSH-2.0-OpenSSH_9.9\r\n\r\n", "HTTP/1.1 what\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n")) {
            Case.of(answer.lines().findFirst().orElse("") + " ...", () -> {
                bench().peer.answer(Answer.unfinished(answer));
                Sending sending = bench().send(any());
                ReceivedRequest request = bench().request();
                sending.failure();
                assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(bench().patience), answer);
            });
        }
        assertEquals("[]", bench().send(any()).reply());
    }
}
