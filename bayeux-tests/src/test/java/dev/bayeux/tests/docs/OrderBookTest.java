package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.tests.bayeux.Faults;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.docs.OrderBook.Order;
import dev.bayeux.tests.junit.BayeuxServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an application tests what it does when its server fails. */
@BayeuxServer
class OrderBookTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static ClientBuilder settings(URI uri) {
        return BayeuxClient.builder(uri).transports("jdk-long-polling");
    }

    @Test
    void afterARestartOrdersGoOnAndTheBookIsNotComplete(ScriptedBayeux server, Faults faults) throws Exception {
        try (OrderBook book = new OrderBook(settings(server.uri()))) {
            faults.restart();
            server.awaitSubscription("/orders", SOON);
            server.publish("/orders", "{\"number\":1}");

            assertEquals(new Order(1), book.next());
            assertFalse(book.isComplete());
        }
    }

    @Test
    void anExpiredSessionLosesNoOrderThatComesLater(ScriptedBayeux server, Faults faults) throws Exception {
        try (OrderBook book = new OrderBook(settings(server.uri()))) {
            faults.expireSessions();
            server.awaitSubscription("/orders", SOON);
            server.publish("/orders", "{\"number\":2}");

            assertEquals(new Order(2), book.next());
        }
    }

    @Test
    void aRefusalIsNotConfirmed(URI uri, Faults faults) throws Exception {
        faults.deny("/confirmed");
        try (OrderBook book = new OrderBook(settings(uri))) {
            assertFalse(book.confirm(new Order(3)));
        }
    }

    @Test
    void aServerThatDeniesUsIsToldAtTheStart(URI uri, Faults faults) {
        faults.denyHandshake("403::who are you");

        assertThrows(HandshakeException.class, () -> new OrderBook(settings(uri)));
    }
}
