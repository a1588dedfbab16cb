package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.docs.PriceBoard.Order;
import dev.bayeux.tests.docs.PriceBoard.Price;
import dev.bayeux.tests.junit.BayeuxServer;
import dev.bayeux.tests.junit.BayeuxTestServer;
import dev.bayeux.tests.junit.ServerFaults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@BayeuxServer
@ExtendWith(NothingLeft.class)
class PriceBoardTest {

    private final BlockingQueue<Object> shown = new LinkedBlockingQueue<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private PriceBoard board;

    @BeforeEach
    void open(BayeuxTestServer server) throws InterruptedException {
        board = newBoard(server);
    }

    @AfterEach
    void close() {
        board.close();
    }

    private PriceBoard newBoard(BayeuxTestServer server) throws InterruptedException {
        return new PriceBoard(BayeuxClient.builder(server.uri())
                .transports("jdk-long-polling")
                .credentials(refused -> Credentials.bearer("token-" + tokens.incrementAndGet()))
                .backoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(100))), new PriceBoard.Display() {

                    @Override
                    public void price(Price price) {
                        shown.add(price);
                    }

                    @Override
                    public void notice(String text) {
                        shown.add(text);
                    }
                });
    }

    private void assertShows(Object expected) throws InterruptedException {
        assertEquals(expected, shown.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void showsThePricesThatArePushed(BayeuxTestServer server) throws InterruptedException {
        server.push("/prices/tea", new Price("tea", 300));
        assertShows(new Price("tea", 300));
    }

    @Test
    void sendsOrders(BayeuxTestServer server) throws InterruptedException {
        assertEquals("bought", board.buy("tea"));
        assertEquals(new Order("tea"), server.takeData("/orders", Order.class));
    }

    @Test
    void showsPricesThatComeWithMore(BayeuxTestServer server) throws InterruptedException {
        server.awaitSubscription("/prices/*");
        server.scripted().push("""
                {"channel":"/prices/tea","data":{"good":"tea","cents":300},"ext":{"origin":"market"}}""");
        assertShows(new Price("tea", 300));
    }

    @Test
    void catchesUpWhenTheServerWasRestarted(BayeuxTestServer server, ServerFaults faults)
            throws InterruptedException {
        server.onCall("/service/prices", asked -> List.of(new Price("tea", 310)));
        faults.restart();
        assertShows(new Price("tea", 310));
        server.push("/prices/tea", new Price("tea", 320));
        assertShows(new Price("tea", 320));
    }

    @Test
    void saysSoWhenItCannotCatchUp(ServerFaults faults) throws InterruptedException {
        faults.refusePublish("/service/prices", "404::no such service");
        faults.expireSessions();
        assertShows("prices may be old");
    }

    @Test
    void doesNotOpenWithoutPrices(BayeuxTestServer server, ServerFaults faults) {
        faults.refuseSubscribe("/prices/*", "403::not for you");
        SubscribeException refused = assertThrows(SubscribeException.class, () -> newBoard(server));
        assertEquals("not for you", refused.error().orElseThrow().text());
    }

    @Test
    void saysSoWhenThePricesAreTakenAway(BayeuxTestServer server, ServerFaults faults) throws InterruptedException {
        server.onCall("/service/prices", asked -> List.of());
        faults.refuseSubscribe("/prices/*", "403::not for you");
        faults.expireSessions();
        assertShows("no more prices");
    }

    @Test
    void tellsWhatHasBecomeOfAnOrder(ServerFaults faults) throws InterruptedException {
        faults.refusePublish("/orders", "403::sold out");
        assertEquals("not bought: sold out", board.buy("tea"));
        faults.accept("/orders");
        faults.loseAnswer("/orders");
        assertEquals("bought or not, please ask", board.buy("tea"));
    }

    @Test
    void getsANewTokenWhenTheOldOneHasExpired(BayeuxTestServer server, ServerFaults faults)
            throws InterruptedException {
        faults.acceptOnlyToken("token-2");
        server.push("/prices/tea", new Price("tea", 300));
        assertShows(new Price("tea", 300));
    }
}
