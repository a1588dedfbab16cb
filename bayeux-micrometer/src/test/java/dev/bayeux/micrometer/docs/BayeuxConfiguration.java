package dev.bayeux.micrometer.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Observation;
import dev.bayeux.micrometer.ClientHealth;
import dev.bayeux.micrometer.ClientStateMetrics;
import dev.bayeux.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger;
import java.net.URI;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The code of docs/spring-boot.md. */
@Configuration(proxyBeanMethods = false)
public class BayeuxConfiguration {

    private static final Logger log = System.getLogger("orders");

    @Bean
    BayeuxClient bayeuxClient(@Value("${bayeux.url}") URI url, MeterRegistry registry) {
        return BayeuxClient.builder(url)
                .name("orders")
                .observation(Observation.DEFAULT.withMetrics(new MicrometerMetrics(registry)))
                .build();
    }

    @Bean
    ApplicationRunner receiveOrders(BayeuxClient client, Orders orders) {
        return arguments -> {
            client.connect();
            client.subscribe("/orders", Order.class, message -> orders.book(message.data()));
        };
    }

    @Bean
    ClientStateMetrics bayeuxMetrics(BayeuxClient client) {
        return new ClientStateMetrics("orders", client);
    }

    @Bean
    HealthIndicator bayeuxHealthIndicator(BayeuxClient client) {
        return () -> {
            ClientHealth health = ClientHealth.of(client.state());
            return Health.status(health.status().name()).withDetails(health.details()).build();
        };
    }

    static ApplicationRunner withoutWaiting(URI url, Orders orders) {
        BayeuxClient client = BayeuxClient.builder(url).connectCallTimeout(Duration.ofDays(365)).build();
        return arguments -> client.async().connect()
                .thenCompose(connected -> client.subscription("/orders")
                        .as(Order.class)
                        .startAsync(message -> orders.book(message.data())))
                .whenComplete((subscription, failed) -> {
                    if (failed != null) {
                        log.log(Logger.Level.ERROR, "no orders will arrive", failed);
                    }
                });
    }

    /** An order. */
    public record Order(long number) {}

    /** Where orders go. */
    public interface Orders {

        /** Books an order. */
        void book(Order order);
    }
}
