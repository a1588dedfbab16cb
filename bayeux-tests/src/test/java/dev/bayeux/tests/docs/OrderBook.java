package dev.bayeux.tests.docs;

import dev.bayeux.api.Message;
import dev.bayeux.api.position.Position;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Books each order exactly once: the order and the position are committed together. */
final class OrderBook {

    private final DataSource database;

    OrderBook(DataSource database) {
        this.database = database;
    }

    void book(Message<JsonValue> message) throws SQLException {
        Position position = message.position().orElseThrow();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (!JdbcPositions.load(connection, message.subscription()).equals(message.position())) {
                    insert(connection, message);
                    JdbcPositions.save(connection, message.subscription(), position);
                }
                connection.commit();
            } catch (SQLException | RuntimeException | Error failed) {
                connection.rollback();
                throw failed;
            }
        }
    }

    private static void insert(Connection connection, Message<JsonValue> message) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders (text) VALUES (?)")) {
            insert.setString(1, message.text());
            insert.executeUpdate();
        }
    }
}
