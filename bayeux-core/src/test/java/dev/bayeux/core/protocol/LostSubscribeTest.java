package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.no;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bayeux.api.ClientEvent.SubscriptionRejected;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.core.message.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server may have accepted a subscribe request whose reply was lost. If the client then gives the subscription up, the
 * server must end it.
 */
@Tag("C-70")
class LostSubscribeTest {

    private static final String SUBSCRIBE = "subscribe /b {}";
    private static final String UNSUBSCRIBE = "unsubscribe /meta/unsubscribe";

    private final PlayedServer server = new PlayedServer(false, "{}");

    /** The server restores the subscriptions of a session once more, since its reply to the first request was lost. */
    private Subscriber restoredAgain() {
        server.happens(new Input.Connect());
        Subscriber subscriber = server.subscribe("/b", null);
        server.handshook();
        restoreAgain();
        return subscriber;
    }

    private void restoreAgain() {
        assertEquals(List.of("handshake", SUBSCRIBE), server.sent());
        server.lose(server.batch()).wakes().connected();
        assertEquals(List.of("connect at once", SUBSCRIBE), server.sent());
    }

    private void refuse(String error) {
        server.answer(server.batch(), no(server.batch().requests().getFirst(), error));
    }

    @Test
    void aSubscriptionThatTheServerRefusesAfterALostReplyIsEnded() {
        restoredAgain();
        refuse("403::denied");
        assertEquals(List.of("connect", UNSUBSCRIBE), server.sent());
    }

    @Test
    void aSubscriptionWhoseNextRequestAnExtensionHoldsBackIsEnded() {
        restoredAgain();
        Request held = server.batch().requests().getFirst();
        server.happens(new Input.HeldBack(server.batch(), held.id(),
                new HeldBackException("/meta/subscribe", "An extension holds it back.", null)));
        server.happens(Input.Received.nothing(server.batch()));
        assertEquals(List.of("connect", UNSUBSCRIBE), server.sent());
    }

    @Test
    void aSubscriptionThatIsClosedBeforeItsRefusalIsRetriedIsEnded() {
        Subscriber subscriber = restoredAgain();
        refuse("503::busy");
        assertEquals(List.of("connect"), server.sent());
        server.happens(new Input.Leave(subscriber, false));
        assertEquals(List.of(UNSUBSCRIBE), server.sent());
    }

    @Test
    void aSubscriptionOfAnEarlierSessionThatTheServerRefusesAfterALostReplyIsEnded() {
        server.happens(new Input.Connect());
        server.subscribe("/b", null);
        server.handshook().accept().connected();
        server.clear();
        server.answer(server.connect(), no(server.connect().requests().getFirst(), "402::session_unknown").replace("}",
                ",'advice':{'reconnect':'handshake'}}"));
        server.handshook();
        restoreAgain();
        refuse("403::denied");
        assertFalse(server.told(SubscriptionRejected.class).isEmpty());
        assertEquals(List.of("connect", UNSUBSCRIBE), server.sent());
    }

    @Test
    void aSubscriptionThatTheServerRefusesAtOnceNeedsNoEnd() {
        server.happens(new Input.Connect());
        server.subscribe("/b", null);
        server.handshook();
        refuse("403::denied");
        server.after(Duration.ofMinutes(5));
        assertFalse(server.sent().contains(UNSUBSCRIBE));
    }
}
