package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of queued requests for subscriptions when all of those are restored. */
class RequestsTest {

    private final SendQueue queue = new SendQueue(20);
    private final Requests requests = new Requests(new Effects(), queue, new ReplyMatcher(), new BatchSize(32_768),
            20);

    private static Request subscribe(String channel) {
        return Request.ofSubscription(Kind.SUBSCRIBE, channel);
    }

    private static Request unsubscribe(String channel) {
        return Request.ofSubscription(Kind.UNSUBSCRIBE, channel);
    }

    @Test
    @Tag("C-71")
    void theSameSessionReceivesUnsubscribesOfClosedSubscriptions() {
        Request gone = unsubscribe("/gone");
        List.of(gone, unsubscribe("/again"), subscribe("/again")).forEach(request -> queue.add(List.of(request)));
        requests.restore(List.of(subscribe("/again")));

        assertEquals(List.of(gone), queue.unsubscribes());
    }

    @Test
    @Tag("C-71")
    void aNewSessionKnowsNothingOfIt() {
        queue.add(List.of(unsubscribe("/gone")));
        requests.failSent(new DisconnectedException(FailureKind.TRANSIENT, "lost", null), false, 0);
        requests.restore(List.of(subscribe("/other")));

        assertEquals(List.of(), queue.unsubscribes());
    }
}
