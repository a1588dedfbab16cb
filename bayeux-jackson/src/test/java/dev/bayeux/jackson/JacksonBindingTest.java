package dev.bayeux.jackson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JacksonBindingTest {

    /** Only Jackson knows its annotation: what is bound in this way was not bound by JSON-B, which is on the path too. */
    public record Order(@JsonProperty("order_number") int number, Instant placed) {}

    private static final Order ORDER = new Order(7, Instant.parse("2026-11-22T10:11:12Z"));
    private static final String TEXT = "{\"order_number\":7,\"placed\":\"2026-11-22T10:11:12Z\"}";

    private final JacksonBinding binding = new JacksonBinding();

    @Test
    void recordsComeBackAsTheyWere() throws Exception {
        assertEquals(TEXT, binding.toJson(ORDER));
        assertEquals(ORDER, binding.fromJson(TEXT, Order.class));
    }

    @Test
    void unknownFieldsAreIgnored() throws Exception {
        assertEquals(ORDER, binding.fromJson("{\"unknown\":[{}]," + TEXT.substring(1), Order.class));
    }

    @Test
    void typesWithParametersAreBound() throws Exception {
        assertEquals(List.of(ORDER), binding.fromJson("[" + TEXT + "]", new TypeToken<List<Order>>() {
        }.type()));
    }

    @Test
    void aClientFindsIt() throws Exception {
        try (ScriptedBayeux server = ScriptedBayeux.start();
                BayeuxClient client = BayeuxClient.connect(server.uri());
                var orders = client.subscribe("/orders", Order.class)) {
            client.publish("/orders", ORDER);
            assertEquals(7,
                    server.takeMessage("/orders", Duration.ofSeconds(10)).json().getJsonObject("data")
                            .getInt("order_number"));
            assertEquals(ORDER, orders.poll(Duration.ofSeconds(10)).orElseThrow().data());
            client.publish("/orders", "no order");
            assertThrows(PayloadException.class, () -> orders.poll(Duration.ofSeconds(10)));
        }
    }

    @Test
    void aMapperOfTheProgramIsUsed() throws Exception {
        record Line(String userName) {}
        JacksonBinding own = JacksonBinding.of(
                JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
        assertEquals("{\"user_name\":\"ann\"}", own.toJson(new Line("ann")));
    }
}
