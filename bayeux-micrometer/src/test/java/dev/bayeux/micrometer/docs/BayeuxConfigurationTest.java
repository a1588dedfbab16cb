package dev.bayeux.micrometer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.micrometer.docs.BayeuxConfiguration.Orders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The beans of docs/spring-boot.md do what the page says. */
class BayeuxConfigurationTest {

    @Test
    void theHealthIsThatOfTheClientAndTheContextClosesTheClient() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("bayeux.url", "http://127.0.0.1:1/cometd")));
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Orders.class, () -> order -> {});
        context.register(BayeuxConfiguration.class);
        BayeuxClient client;
        try (context) {
            context.refresh();
            client = context.getBean(BayeuxClient.class);
            assertEquals(Status.OUT_OF_SERVICE, context.getBean(HealthIndicator.class).health().getStatus());
        }
        assertThrows(ClientClosedException.class, client::connect);
    }
}
