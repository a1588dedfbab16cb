package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.CONNECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionEvent.ConnectAnswered;
import dev.bayeux.core.session.SessionEvent.Delivered;
import jakarta.json.Json;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No server makes a storm of connects that serve no subscriber, however quickly or slowly it answers them. */
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
    void aDeliveryToASubscriberCostsNoPatience() {
        for (int n = 0; n < 100; n++) {
            client.happens(Reply.yes().toConnect(client.state().outstanding(), 1)).is(CONNECTED, "SendConnect");
            client.happens(new Delivered(1)).connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        }
    }

    @Test
    void aDeliveryToASubscriberGivesNoPatienceBack() {
        answeredAtOnce(10).happens(Reply.yes().toConnect(client.state().outstanding(), 1)).is(CONNECTED, "SendConnect");
        client.connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1));
    }

    @Test
    void aDeliveryWithoutASubscriberServesNothing() {
        for (int n = 0; n < 10; n++) {
            client.happens(new Delivered(1, 0)).connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        }
        client.happens(new Delivered(1, 0)).connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1));
    }

    @Test
    void acknowledgedDeliveriesThatComeAgainAreNothing() {
        TestClient acknowledging = TestClient.handshaking(TestClient.SETTINGS);
        acknowledging.happens(acknowledged(Reply.yes().clientId("s1").on(Fields.HANDSHAKE,
                acknowledging.state().outstanding()), true));
        acknowledging.restored().happens(connect(acknowledging, 1));
        for (int n = 0; n < 10; n++) {
            acknowledging.happens(connect(acknowledging, 1)).is(CONNECTED, "SendConnect");
        }
        acknowledging.happens(connect(acknowledging, 1)).is(CONNECTED).waits(Duration.ofSeconds(1)).wakes();
        acknowledging.happens(connect(acknowledging, 2)).is(CONNECTED, "SendConnect");
    }

    private static SessionEvent.HandshakeAnswered acknowledged(IncomingMessage reply, boolean enabled) {
        return new SessionEvent.HandshakeAnswered(reply.with(Json.createObjectBuilder().add("ack", enabled).build(),
                reply.data()), false);
    }

    private static ConnectAnswered connect(TestClient to, int number) {
        IncomingMessage reply = Reply.yes().on(Fields.CONNECT, to.state().outstanding());
        return new ConnectAnswered(reply.with(Json.createObjectBuilder().add("ack", number).build(), reply.data()), 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 99, 101, 500, 999})
    void aMinuteHasNoMoreConnectsThanThePatienceAndOneInASecond(long answeredAfterMs) {
        long startNs = client.nowNs();
        int connects = 0;
        while (client.nowNs() - startNs < Duration.ofMinutes(1).toNanos()) {
            client.after(Duration.ofMillis(answeredAfterMs)).connectAnswered(Reply.yes());
            if (client.state().outstanding() == null) {
                client.wakes();
            }
            client.action(SendConnect.class);
            connects++;
        }
        assertTrue(connects <= 60 + RequestBudget.CONNECTS + 1, connects + " connects");
    }

    @Test
    void connectsThatAreHeldCostNothing() {
        IntStream.range(0, 100).forEach(n -> client.after(Duration.ofSeconds(30)).connectAnswered(Reply.yes())
                .is(CONNECTED, "SendConnect"));
        answeredAtOnce(9);
    }

    @Test
    void aFailureBuysNoMorePatienceThanTheTimeItTakes() {
        answeredAtOnce(10).lost().wakes().connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        client.connectAnswered(Reply.yes()).is(CONNECTED, "SendConnect");
        client.connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1)).wakes();
        client.connectAnswered(Reply.yes()).is(CONNECTED).waits(Duration.ofSeconds(1));
    }

    @Test
    void theFirstConnectOfASessionIsNoReasonToSlowDown() {
        for (int n = 0; n < 30; n++) {
            client.after(Duration.ofMinutes(1)).lost().wakes().connectAnswered(Reply.yes()).is(CONNECTED,
                    "SendConnect");
        }
        assertEquals(RequestBudget.CONNECTS, client.state().history().idleConnects().remaining());
    }
}
