package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.TransportContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A socket that ends as a batch is about to be written has carried nothing of the batch. */
class EndedSocketTest {

    private final List<String> written = new ArrayList<>();
    private final List<SocketListener> sockets = new ArrayList<>();
    /** How many of the next writes find that their socket has just ended. */
    private int ending;
    private final WebSocketTransport transport = new WebSocketTransport(
            TransportContext.to(URI.create("http://host/cometd")).withInbox(new Inbox() {

                @Override
                public void received(String text) {
                    throw new AssertionError(text);
                }

                @Override
                public void writing() {
                    if (ending > 0) {
                        ending--;
                        sockets.getLast().closed(1001, "");
                    }
                }

                @Override
                public void disconnected(TransportException reason) {
                    // The end is known before the next socket is opened.
                }
            }), new Opener());

    private final class Opener implements SocketOpener {

        @Override
        public CompletableFuture<SocketReply> open(SocketCall call) {
            sockets.add(call.listener());
            return CompletableFuture
                    .completedFuture(new SocketReply(new HttpReply(101, Map.of()), new WrittenTexts(written)));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private void send(String text) throws InterruptedException {
        transport.send(new Batch(text, Duration.ofSeconds(20)));
    }

    @Test
    void theNextSocketCarriesTheBatch() throws InterruptedException {
        send("[1]");
        ending = 1;
        send("[2]");
        assertEquals(List.of("[1]", "[2]"), written);
        assertEquals(2, sockets.size());
    }

    @Test
    void noSocketIsOpenedAgainAndAgain() {
        ending = Integer.MAX_VALUE;
        assertTrue(assertThrows(TransportException.class, () -> send("[1]")).notSent());
        assertEquals(2, sockets.size());
        assertEquals(List.of(), written);
    }
}
