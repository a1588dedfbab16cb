package dev.bayeux.tests.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.TypeToken;
import dev.bayeux.api.binding.JsonbBinding;
import dev.bayeux.api.error.PayloadException;
import dev.bayeux.tests.MemoryWorld;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import jakarta.json.bind.config.PropertyNamingStrategy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a program publishes arrives as what it was, by the types that programs use. */
@Tag("transport:memory")
class TypedPayloadsTest {

    /** Where a price comes from. */
    public enum Venue {
        LONDON, TOKYO
    }

    /** Holds one of each kind. */
    public record Price(String symbol, long amount, Venue venue, LocalDate day, Instant at, Duration valid,
            List<Venue> also, Map<String, Long> sizes, Optional<String> note, BigInteger total) {}

    /** A type with a parameter. */
    public record Page<T>(List<T> items, int next) {}

    /** One of two. */
    @JsonbTypeInfo(key = "kind", value = {@JsonbSubtype(alias = "circle", type = Circle.class),
            @JsonbSubtype(alias = "square", type = Square.class)})
    public sealed interface Shape {
    }

    /** The one. */
    public record Circle(@JsonbProperty("r") int radius) implements Shape {}

    /** The other. */
    public record Square(int side) implements Shape {}

    private static final Price PRICE = new Price("ABC", Long.MAX_VALUE, Venue.TOKYO, LocalDate.of(2026, 2, 28),
            Instant.parse("2026-02-28T10:11:12.123456789Z"), Duration.ofMinutes(5), List.of(Venue.LONDON, Venue.TOKYO),
            Map.of("bid", Long.MIN_VALUE), Optional.of("n"), BigInteger.TWO.pow(80));

    private final MemoryWorld world = new MemoryWorld();

    @BeforeEach
    void connect() throws InterruptedException {
        world.connect();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private <T> T echo(Object data, TypeToken<T> type) throws InterruptedException {
        return world.client.call("/service/echo", data, type, null);
    }

    @Test
    void aRecordWithAllKindsOfFieldsComesBackAsItWas() throws Exception {
        PullSubscription<Price> prices = world.client.subscribe("/prices", Price.class);

        world.client.publish("/prices", PRICE);

        assertEquals(PRICE, prices.take().data());
        assertEquals(PRICE, world.client.call("/service/echo", PRICE, Price.class));
    }

    @Test
    void integersAreExactToSixtyFourBits() throws Exception {
        for (long value : new long[]{Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, -(1L << 53) - 1}) {
            assertEquals(value, world.client.call("/service/echo", value, Long.class));
            assertEquals(Map.of("n", value), echo(Map.of("n", value), new TypeToken<Map<String, Long>>() {
            }));
        }
    }

    @Test
    void genericTypesAreNamedByATokenOrByReflection() throws Exception {
        Page<Price> page = new Page<>(List.of(PRICE), 2);
        TypeToken<Page<Price>> type = new TypeToken<>() {
        };

        assertEquals(page, echo(page, type));
        try (PullSubscription<Page<Price>> pages = world.client.subscription("/pages").as(type).start();
                PullSubscription<Page<Price>> same = world.client.subscription("/pages").<Page<Price>>as(type.type())
                        .start()) {
            world.client.publish("/pages", page);
            assertEquals(page, pages.take().data());
            assertEquals(page, same.take().data());
        }
        assertEquals(List.of(Map.of("a", List.of(1L))),
                echo(List.of(Map.of("a", List.of(1))), new TypeToken<List<Map<String, List<Long>>>>() {
                }));
    }

    @Test
    void sealedTypesAreBoundByTheirKind() throws Exception {
        List<Shape> shapes = List.of(new Circle(1), new Square(2));

        assertEquals("[{\"kind\":\"circle\",\"r\":1},{\"kind\":\"square\",\"side\":2}]",
                world.client.call("/service/echo", shapes).toString());
        assertEquals(shapes, echo(shapes, new TypeToken<List<Shape>>() {
        }));
        assertEquals(new Circle(1), world.client.call("/service/echo", new Circle(1), Shape.class));
    }

    @Test
    void theBindingOfTheProgramIsUsedForAllOfIt() throws Exception {
        JsonbConfig config = new JsonbConfig()
                .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES);
        try (MemoryWorld own = new MemoryWorld(
                settings -> settings.binding(JsonbBinding.of(JsonbBuilder.create(config))))) {
            own.connect();
            assertEquals("{\"first_name\":\"ann\"}",
                    own.client.call("/service/echo", Map.of("first_name", "ann")).toString());
            assertEquals("{\"max_size\":3}", own.client.call("/service/echo", new Sized(3)).toString());
            assertEquals(new Sized(3), own.client.call("/service/echo", Map.of("max_size", 3), Sized.class));
        }
    }

    /** Has a name of two words. */
    public record Sized(int maxSize) {}

    @Test
    void unboundDataIsReportedAndTheOthersFollow() throws Exception {
        LinkedBlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();
        world.client.listen(events::add);
        LinkedBlockingQueue<Circle> handled = new LinkedBlockingQueue<>();
        world.client.subscribe("/shapes", Circle.class, message -> handled.add(message.data()));
        PullSubscription<Circle> pulled = world.client.subscribe("/shapes", Circle.class);
        String long1 = "x".repeat(5_000);

        world.server.publish("/shapes", """
                {"r":"%s","event":{"replayId":77}}""".formatted(long1));
        world.server.publish("/shapes", "{\"r\":5}");

        PayloadException thrown = assertThrows(PayloadException.class, pulled::take);
        assertEquals("/shapes", thrown.channel());
        assertEquals("77", thrown.replayId().orElseThrow());
        assertTrue(thrown.text().startsWith("{\"r\":\"xxx") && thrown.text().length() < 300, thrown.text());
        assertTrue(thrown.getMessage().contains("/shapes (replay id 77)") && thrown.getMessage().length() < 1_000,
                thrown.getMessage());
        assertEquals(new Circle(5), pulled.take().data());
        assertEquals(new Circle(5), handled.poll(20, TimeUnit.SECONDS));
        ClientEvent.HandlerFailed told = assertInstanceOf(ClientEvent.HandlerFailed.class,
                events.poll(20, TimeUnit.SECONDS));
        assertEquals("77", assertInstanceOf(PayloadException.class, told.cause()).replayId().orElseThrow());
    }

    @Test
    void jsonValuesAndRawTextNeedNoBinding() throws Exception {
        try (MemoryWorld unbound = new MemoryWorld(settings -> settings.binding(JsonbBinding.of(new NoBinding())))) {
            unbound.connect();
            PullSubscription<jakarta.json.JsonValue> values = unbound.client.subscribe("/a");
            // Spaces show that it is what was received, not what was parsed.
            unbound.server.next("/meta/connect").reply("""
                    [{"channel":"/meta/connect","id":"${id}","successful":true},
                     {"channel":"/a","data":{"n": 9223372036854775807}}]""");
            unbound.server.answerHeldConnects("{}");

            Message<jakarta.json.JsonValue> message = values.take();

            assertEquals(Long.MAX_VALUE, message.data().asJsonObject().getJsonNumber("n").longValueExact());
            assertTrue(message.text().contains("9223372036854775807"), message.text());
        }
    }
}
