package dev.bayeux.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.position.Position;
import dev.bayeux.tests.bayeux.ReplyTweak;
import dev.bayeux.tests.bayeux.ScriptedBayeux;
import dev.bayeux.tests.memory.MemoryTransportProvider;
import dev.bayeux.tests.server.MemoryServer;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program with the recipe of docs/durable.md that is cut off anywhere books each order once. */
class OrderBookTest {

    private static final int ORDERS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void create() throws SQLException {
        database.setURL("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
        run("CREATE TABLE bayeux_position (channel VARCHAR(1024) PRIMARY KEY, replay_id VARCHAR(1024) NOT NULL, is_text BOOLEAN NOT NULL)");
        run("CREATE TABLE orders (id INT GENERATED ALWAYS AS IDENTITY, text VARCHAR)");
    }

    @AfterEach
    void drop() throws SQLException {
        run("DROP ALL OBJECTS");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private static String order(long number) {
        return "{\"number\":%d,\"event\":{\"replayId\":%d}}".formatted(number, number);
    }

    /** Receives orders until the one with this number was booked, and is cut off before or after its commit. */
    private void live(ScriptedBayeux server, MemoryServer peer, int until, boolean committed) throws Exception {
        OrderBook book = new OrderBook(database);
        BayeuxClient client = BayeuxClient.builder(server.uri()).transports(new MemoryTransportProvider(peer))
                .replay(new JdbcPositions(database)).connect();
        try {
            PullSubscription<JsonValue> orders = client.subscription("/orders").fromStoredOr(Position.EARLIEST)
                    .manualCommit().start();
            long last = ((JsonNumber) server.messages("/meta/subscribe").getLast().json().getJsonObject("ext")
                    .getJsonObject("replay").get("/orders")).longValue();
            for (long number = Math.max(last, 0) + 1; number <= ORDERS; number++) {
                server.publish("/orders", order(number));
            }
            for (long number = Math.max(last, 0) + 1; number <= until; number++) {
                Message<JsonValue> message = orders.poll(LIMIT).orElseThrow();
                if (number < until || committed) {
                    book.book(message);
                }
            }
        } finally {
            // As if it were killed: neither the server nor the store learns of it.
            client.abort();
            client.close();
        }
    }

    @Test
    void eachOrderIsBookedOnceWhereverTheProgramIsCutOff() throws Exception {
        MemoryServer peer = new MemoryServer();
        try (ScriptedBayeux server = ScriptedBayeux.over(peer)) {
            server.tweak(ReplyTweak.eachReply(reply -> reply.getString("channel", "").equals("/meta/handshake")
                    ? Json.createObjectBuilder(reply).add("ext", Json.createObjectBuilder().add("replay", true)).build()
                    : reply));
            for (int until = 1; until <= ORDERS; until++) {
                live(server, peer, until, until % 2 == 0);
            }
            live(server, peer, ORDERS, true);
        }
        assertEquals(IntStream.rangeClosed(1, ORDERS).mapToObj(OrderBookTest::order).toList(), booked());
    }

    private List<String> booked() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            ResultSet rows = connection.createStatement().executeQuery("SELECT text FROM orders ORDER BY id");
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
