package dev.bayeux.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionState;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of queued requests for subscriptions when all of those are restored. */
class OutgoingTest {

    private static final SessionState STATE = SessionState.initial(1, 0);

    private final ReentrantLock lock = new ReentrantLock();
    private final SendQueue queue = new SendQueue(20, 32_768);
    private final Outgoing outgoing = new Outgoing(lock, lock.newCondition(), () -> STATE, () -> {}, queue,
            new PendingReplies(), new Restoration());

    private static Request subscribe(String channel) {
        return Request.ofSubscription(Kind.SUBSCRIBE, channel);
    }

    private static Request unsubscribe(String channel) {
        return Request.ofSubscription(Kind.UNSUBSCRIBE, channel);
    }

    @Test
    @Tag("C-71")
    void inTheSameSessionTheServerLearnsWhatWasClosedMeanwhile() {
        Request gone = unsubscribe("/gone");
        List.of(gone, unsubscribe("/again"), subscribe("/again")).forEach(request -> queue.add(List.of(request)));
        outgoing.restore(7, List.of(subscribe("/again")));

        assertEquals(List.of(gone), queue.unsubscribes());
    }

    @Test
    @Tag("C-71")
    void aNewSessionKnowsNothingOfIt() {
        queue.add(List.of(unsubscribe("/gone")));
        outgoing.failSent(new DisconnectedException(FailureKind.TRANSIENT, "lost", null));
        outgoing.restore(7, List.of(subscribe("/other")));

        assertEquals(List.of(), queue.unsubscribes());
    }
}
