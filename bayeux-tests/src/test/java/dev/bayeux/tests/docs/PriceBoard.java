package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PublishException;
import java.util.List;
import java.util.Objects;

/** An application: it shows prices and takes orders. Its tests are in {@link PriceBoardTest}. */
public final class PriceBoard implements AutoCloseable {

    public record Price(String good, int cents) {}

    public record Order(String good) {}

    /** Where the application shows what it knows. */
    public interface Display {

        void price(Price price);

        void notice(String text);
    }

    private static final TypeToken<List<Price>> PRICES = new TypeToken<>() {
    };

    private final Display display;
    private final BayeuxClient client;

    public PriceBoard(ClientBuilder settings, Display display) throws InterruptedException {
        this.display = display;
        this.client = settings.onEvent(this::watch).build();
        try {
            client.connect();
            client.subscribe("/prices/*", Price.class, message -> display.price(message.data()));
        } catch (BayeuxException refused) {
            client.close();
            throw refused;
        }
    }

    public String buy(String good) throws InterruptedException {
        try {
            client.publish("/orders", new Order(good));
            return "bought";
        } catch (PublishException failed) {
            return switch (failed.outcome()) {
                case NOT_SENT -> "not bought, try again";
                case REFUSED -> "not bought: " + failed.error().orElseThrow().text();
                case UNKNOWN -> "bought or not, please ask";
            };
        }
    }

    private void watch(ClientEvent event) {
        switch (event) {
            case ClientEvent.SessionRenewed renewed -> catchUp();
            case ClientEvent.SubscriptionRejected rejected -> display.notice("no more prices");
            default -> {
                // Failures that pass by themselves need no notice.
            }
        }
    }

    /** Prices may have changed while there was no session. */
    private void catchUp() {
        try {
            Objects.requireNonNull(client.call("/service/prices", null, PRICES, null)).forEach(display::price);
        } catch (BayeuxException failed) {
            display.notice("prices may be old");
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
