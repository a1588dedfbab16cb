package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.no;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of publishes and calls whose replies are odd, missing or late. */
class RequestOutcomeTest {

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    private Request call() {
        Request request = Request.ofData(Kind.CALL, "/service/x", "1");
        server.happens(new Input.Submit(List.of(request)));
        return request;
    }

    @Test
    @Tag("C-46")
    void anEmptyResponseConfirmsNoPublish() {
        Request publish = server.publish("/x");
        server.answerText(server.batch(), "[]");
        assertEquals(Outcome.UNKNOWN, server.failureOf(publish).outcome());
    }

    @Test
    void aRefusedCallFailsWithTheDataOfItsReply() {
        Request call = call();
        server.answer(server.batch(), no(call, "500::failed").replace("}", ",'data':{'why':'no'}}"));
        PublishException failure = server.failureOf(call);
        assertEquals(Outcome.REFUSED, failure.outcome());
        assertEquals("{\"why\":\"no\"}", failure.data().orElseThrow().toString());
    }

    /** The handshake's reply announces deliveries (C-12), and over a full-duplex connection they come by themselves. */
    @Test
    @Tag("C-12")
    @Tag("C-71")
    void noPublishOvertakesTheSubscriptionsWhileAnnouncedDeliveriesAreAwaited() {
        PlayedServer fresh = new PlayedServer(false, "{}");
        fresh.happens(new Input.Connect());
        fresh.subscribe("/a", null);
        fresh.publish("/x");
        fresh.answer(fresh.connect(),
                "{'channel':'/meta/handshake','successful':true,'clientId':'s1','x-messages':1}");
        fresh.publish("/y");
        assertEquals(List.of("handshake"), fresh.sent());
        fresh.push("{'channel':'/a','data':1}");
        assertEquals(List.of("subscribe /a {}", "publish /x", "publish /y"), fresh.sent());
    }

    /** A response that is cut off: its whole messages are delivered, and the connect is lost. */
    @Test
    @Tag("C-108")
    void wholeMessagesOfACutOffResponseAreDelivered() {
        server.push("{'channel':'/a','data':1},{'channel':'/a','data':2}").lose(server.connect());
        assertEquals(List.of("1", "2"), server.delivered());
        server.wakes();
        assertEquals(List.of("connect at once"), server.sent());
    }

    // What a socket did counts for that socket

    private static final TransportException LATE = new TransportException(Problem.TIMED_OUT, "late", null);

    private Exchange publishOverSocket() {
        server.publish("/x");
        Exchange batch = server.batch();
        server.happens(new Input.Writing(batch)).happens(new Input.Written(batch));
        return batch;
    }

    @Test
    @Tag("C-101")
    void aSocketThatIsSilentWhileAPublishTimesOutIsClosed() {
        server.lose(publishOverSocket(), LATE);
        assertTrue(server.has(Effect.DropSilent.class));
    }

    @Test
    @Tag("C-101")
    void aSilentSocketOfATransportThatDoesNotTellWhenItWritesIsClosed() {
        server.happens(new Input.ConnectionEnded(server.connect().connection(), PlayedServer.LOST));
        server.lose(server.connect()).wakes().connected();
        server.publish("/x");
        server.happens(new Input.Written(server.batch())).lose(server.batch(), LATE);
        assertTrue(server.has(Effect.DropSilent.class));
    }

    @Test
    @Tag("C-101")
    void theTimeoutOfAPublishOnAnOldSocketDoesNotCloseTheNewOne() {
        Exchange old = publishOverSocket();
        server.happens(new Input.ConnectionEnded(old.connection(), PlayedServer.LOST)).lose(server.connect()).wakes();
        Exchange next = server.connect();
        server.happens(new Input.Writing(next)).happens(new Input.Written(next)).lose(old, LATE);
        assertFalse(server.has(Effect.DropSilent.class));
    }
}
