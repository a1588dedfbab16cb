package dev.bayeux.core.simulation;

import org.junit.jupiter.api.Test;

/** A caller that waits hears at once that what it waits for has come, also if the state of the session stays the same. */
class CallersAreToldTest {

    @Test
    void aCallerOfAwaitReadyHearsThatASubscriptionIsActive() {
        Scenes.subscriptionBecomesActive();
    }

    @Test
    void aCallerOfDrainHearsThatTheLastReplyHasArrived() {
        Scenes.lastReplyArrives();
    }
}
