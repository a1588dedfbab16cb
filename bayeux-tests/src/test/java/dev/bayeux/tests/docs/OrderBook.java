package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.PublishException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An application, for the guides: it takes orders, and says when it may have missed some. */
public final class OrderBook implements AutoCloseable {

    /** One order. */
    public record Order(int number) {}

    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final BayeuxClient client;
    private volatile boolean complete = true;

    /** Opens the book. */
    public OrderBook(ClientBuilder settings) throws InterruptedException {
        client = settings.onEvent(event -> {
            if (event instanceof ClientEvent.SessionRenewed) {
                complete = false;
            }
        }).connect();
        client.subscribe("/orders", Order.class, message -> orders.add(message.data()));
    }

    /** Waits for the next order. */
    public Order next() throws InterruptedException {
        return orders.take();
    }

    /** Whether no order can have been missed. */
    public boolean isComplete() {
        return complete;
    }

    /** Confirms an order; whether the server has accepted that. */
    public boolean confirm(Order order) throws InterruptedException {
        try {
            client.publish("/confirmed", order);
            return true;
        } catch (PublishException refused) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
