package dev.bayeux.core.simulation;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was taken of a reply that was cut off is not taken once more. */
class CutOffReplyTest {

    @Test
    @Tag("C-112")
    @Tag("C-114")
    void aDeliveryOfACutOffReplyIsHandledOnce() {
        Scenes.replyIsCutOff();
    }
}
