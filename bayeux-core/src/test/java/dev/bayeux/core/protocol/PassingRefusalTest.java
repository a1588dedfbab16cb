package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.no;
import static dev.bayeux.core.protocol.PlayedServer.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent.SubscriptionRejected;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server refuses for a reason that passes: a subscribe while it is busy, a publish in a session that is gone. */
class PassingRefusalTest {

    private static final String BUSY = "403:/a:503::Server is too busy";
    private static final String GONE = "402::session_unknown";
    private static final Duration LONG = Duration.ofSeconds(40);

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    private Request subscribing() {
        return server.batch().requests().getFirst();
    }

    private void refuse(String error) {
        server.answer(server.batch(), no(subscribing(), error));
    }

    private void newSession() {
        server.answer(server.connect(),
                no(server.connect().requests().getFirst(), GONE).replace("}", ",'advice':{'reconnect':'handshake'}}"));
        server.handshook();
    }

    @Test
    @Tag("C-72")
    void aSubscriptionThatIsRestoredIsAskedForAgainAndNeverRejected() {
        newSession();
        for (int n = 0; n < 5; n++) {
            server.clear();
            refuse(BUSY);
            assertEquals(List.of(), server.sent().stream().filter(each -> each.startsWith("subscribe")).toList(),
                    "not at once");
            server.after(LONG);
            assertTrue(server.sent().contains("subscribe /a {}"));
            assertEquals(List.of(), server.told(SubscriptionRejected.class));
        }
        server.accept();
        assertTrue(server.core.allActive());
    }

    @Test
    @Tag("C-72")
    void itIsRejectedOnceTheServerSaysSomethingPermanent() {
        newSession();
        refuse(BUSY);
        server.after(LONG);
        refuse("403::denied");
        assertEquals(1, server.told(SubscriptionRejected.class).size());
    }

    @Test
    void theFirstSubscribeIsAskedForAgainAsWell() {
        Subscriber subscriber = server.subscribe("/b", null);
        refuse(BUSY);
        assertFalse(server.has(Effect.Reject.class));
        assertEquals(SubscriptionState.REQUESTED, server.core.stateOf(subscriber));
        assertTrue(server.core.failureOf(subscriber).orElseThrow().getMessage().contains("too busy"));
        server.clear();
        server.after(LONG).accept();
        assertTrue(server.has(Effect.Establish.class));
        assertTrue(server.core.failureOf(subscriber).isEmpty());
    }

    @Test
    void aCallerThatWaitsNoLongerLeavesNothingBehind() {
        Subscriber subscriber = server.subscribe("/b", null);
        refuse(BUSY);
        server.happens(new Input.Leave(subscriber, false));
        server.clear();
        server.after(LONG);
        assertEquals(List.of(), server.sent());
    }

    // Publishes

    private void breakConnect() {
        server.lose(server.connect());
        server.clear();
    }

    @Test
    @Tag("C-138")
    void aPublishOfALostSessionIsSentOnceMoreInTheNext() {
        breakConnect();
        Request publish = server.publish("/x");
        server.publish("/y");
        server.answer(server.batch(), no(publish, GONE));
        assertFalse(server.isOver(publish));
        server.sent();
        server.handshook();
        assertEquals(List.of("subscribe /a {}", "publish /x", "publish /y"), server.sent());
        server.accept();
        assertTrue(server.isOver(publish));
    }

    @Test
    @Tag("C-138")
    void allThatOneResponseRefusesIsSentOnceMore() {
        breakConnect();
        Request first = Request.ofData(Request.Kind.PUBLISH, "/x", "1");
        Request second = Request.ofData(Request.Kind.PUBLISH, "/y", "1");
        server.happens(new Input.Submit(List.of(first, second)));
        server.answer(server.batch(), no(first, GONE) + "," + no(second, GONE));
        server.sent();
        server.handshook();
        assertEquals(List.of("subscribe /a {}", "publish /x", "publish /y"), server.sent());
    }

    @Test
    @Tag("C-138")
    void theSecondRefusalIsTheAnswer() {
        breakConnect();
        Request publish = server.publish("/x");
        server.answer(server.batch(), no(publish, GONE));
        server.handshook();
        server.answer(server.batch(), yes(subscribing()) + "," + no(publish, GONE));
        assertEquals(Outcome.REFUSED, server.failureOf(publish).outcome());
    }

    @Test
    void aSessionThatGoesOnMakesTheRefusalTheAnswer() {
        Request publish = server.publish("/x");
        server.answer(server.batch(), no(publish, GONE));
        assertEquals(Outcome.REFUSED, server.failureOf(publish).outcome());
    }

    @Test
    void aClientThatEndsReportsThatItWasNotSent() {
        breakConnect();
        Request publish = server.publish("/x");
        server.answer(server.batch(), no(publish, GONE));
        server.happens(new Input.Abort());
        assertEquals(Outcome.NOT_SENT, server.failureOf(publish).outcome());
    }
}
