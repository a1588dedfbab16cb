package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames and the end of an old transport have no effect once the next session uses another transport. */
class TransportChangeTest {

    private static final TransportException LATE = new TransportException(Problem.TIMED_OUT, "late", null);

    private final PlayedServer server = new PlayedServer(false, "{}", List.of("websocket", "long-polling"));

    /** Changes a client from a silent WebSocket to long-polling. Returns the number of the old connection. */
    private int fallBack() {
        server.happens(new Input.Connect());
        server.subscribe("/a", null);
        server.handshook().accept();
        int before = server.connect().connection();
        for (int n = 0; n < 10 && server.connect().connectionType().equals("websocket"); n++) {
            server.lose(server.connect(), LATE).wakes();
        }
        assertEquals("long-polling", server.connect().connectionType());
        return before;
    }

    @Test
    @Tag("C-08")
    void aLateFrameOfTheLastTransportIsNotDelivered() {
        int before = fallBack();
        server.handshook().accept();
        server.clear();
        MessageReader.Reading late = new MessageReader(Json.find()).read("[{\"channel\":\"/a\",\"data\":1}]",
                "websocket");
        server.happens(Input.Received.of(null, before, late.usable(), late));
        assertEquals(List.of(), server.delivered());
    }

    @Test
    @Tag("C-08")
    void theEndOfTheLastSocketDoesNotEndRequestsInFlight() {
        int before = fallBack();
        server.happens(new Input.ConnectionEnded(before, PlayedServer.LOST));
        assertEquals(null, server.connect().lost());
    }

    @Test
    @Tag("C-08")
    void theOldTransportIsClosedBeforeTheHandshake() {
        int before = fallBack();
        assertNotEquals(before, server.connect().connection());
        assertTrue(server.has(Effect.Reopen.class));
    }

    @Test
    @Tag("C-08")
    void theSameTransportStaysOpen() {
        server.happens(new Input.Connect());
        server.handshook();
        int before = server.connect().connection();
        server.answer(server.connect(), PlayedServer.no(server.connect().requests().getFirst(), "402::session_unknown"))
                .wakes();
        assertEquals("handshake", server.sent().getLast());
        assertEquals(before, server.connect().connection());
    }
}
