package dev.bayeux.core.simulation;

import org.junit.jupiter.api.Test;

/** A waiting caller returns once its condition holds, even if the state of the session stays the same. */
class WaitingCallersTest {

    @Test
    void awaitReadyReturnsWhenTheLastSubscriptionIsActive() {
        Scenes.subscriptionBecomesActive();
    }

    @Test
    void drainReturnsWhenTheLastReplyHasArrived() {
        Scenes.lastReplyArrives();
    }
}
