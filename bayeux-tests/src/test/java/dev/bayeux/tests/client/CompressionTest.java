package dev.bayeux.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.contract.Arrivals;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Frame;
import dev.bayeux.tests.server.ScriptedServer;
import dev.bayeux.tests.server.ScriptedSocket;
import dev.bayeux.transport.jetty.JettyWebSocketProvider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** permessage-deflate over Jetty's WebSocket client. */
@ExtendWith(NothingLeft.class)
class CompressionTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST = 10_000;

    private final ScriptedServer server = ScriptedServer.start();
    private final Arrivals arrived = new Arrivals(LIMIT);
    private final FullDuplexTransport transport = new JettyWebSocketProvider().withCompression().open(
            TransportContext.to(server.uri()).withMaxReplyBytes(MOST).withInbox(arrived));

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    private ScriptedSocket open() throws InterruptedException {
        server.sockets().answer(Answer.upgrade().compressed());
        server.answerWith(request -> Answer.stall());
        transport.send(new Batch("[\"%s\"]".formatted("again and ".repeat(1000)), LIMIT));
        ScriptedSocket socket = server.sockets().take(LIMIT);
        assertTrue(socket.upgrade().header("Sec-WebSocket-Extensions").contains("permessage-deflate"));
        return socket;
    }

    private Object next() throws InterruptedException {
        return arrived.take();
    }

    @Test
    void messagesAreCompressedBothWays() throws Exception {
        ScriptedSocket socket = open();
        assertEquals("[\"%s\"]".formatted("again and ".repeat(1000)), server.takeRequest(LIMIT).text());
        assertEquals(1, socket.compressedMessages());
        socket.send(Frame.deflated("[\"grün €\"]"), Frame.text("[2]"));
        assertEquals("[\"grün €\"]", next());
        assertEquals("[2]", next());
    }

    @Test
    void theLimitIsThatOfTheInflatedMessage() throws Exception {
        ScriptedSocket socket = open();
        socket.send(Frame.deflated(" ".repeat(50 << 20)));
        assertEquals(Problem.TOO_LARGE, ((TransportException) next()).problem());
        socket.awaitEnd(LIMIT);
    }

    @Test
    void aServerWithoutCompressionGetsPlainMessages() throws Exception {
        transport.send(new Batch("[1]", LIMIT));
        ScriptedSocket socket = server.sockets().take(LIMIT);
        assertEquals("[]", next());
        assertEquals(0, socket.compressedMessages());
    }
}
