package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;

import dev.bayeux.core.session.SessionEvent.Delivered;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that answers each connect at once and with nothing must not be able to make a storm of it. */
class SlowDownTest {

    private final TestClient client = TestClient.connected();

    private TestClient answeredAtOnce(int times) {
        for (int n = 0; n < times; n++) {
            client.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        }
        return client;
    }

    @Test
    void slowsDownAfterTenConnectsWithNothing() {
        answeredAtOnce(10).connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1)).wakes();
        client.connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1));
    }

    @Test
    void slowsDownWhateverTimeoutIsAdvised() {
        client.connectAnswered(Reply.yes().timeout(0));
        answeredAtOnce(9).connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1));
    }

    @Test
    void aLongerIntervalIsSlowEnough() {
        answeredAtOnce(10).connectAnswered(Reply.yes().interval(3000)).waits(Duration.ofSeconds(3));
    }

    @Test
    void aDeliveryEndsIt() {
        answeredAtOnce(10).happens(Reply.yes().toConnect(client.state().outstanding(), 1)).is(CONNECTED, "SendConnect");
        answeredAtOnce(10).happens(new Delivered(1));
        answeredAtOnce(10).connectAnswered(Reply.yes()).waits(Duration.ofSeconds(1));
    }

    @Test
    void aHeldConnectEndsIt() {
        answeredAtOnce(10).after(Duration.ofMillis(100)).connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        answeredAtOnce(10);
    }

    @Test
    void aFailureNowAndThenBuysNoPatience() {
        answeredAtOnce(10).lost().wakes().connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        client.connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1)).wakes();
        client.lost().wakes().connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1));
    }

    @Test
    void theFirstConnectOfASessionIsNoReasonToSlowDown() {
        for (int n = 0; n < 30; n++) {
            client.after(Duration.ofMinutes(1)).lost().wakes().connectAnswered(Reply.yes()).is(CONNECTED,
                    "SendConnect");
        }
    }
}
