package dev.bayeux.tests.docs;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Keeps positions in the table
 * {@code bayeux_position (channel VARCHAR(1024) PRIMARY KEY, replay_id VARCHAR(1024) NOT NULL, is_text BOOLEAN NOT NULL)}.
 */
final class JdbcPositions implements PositionStore {

    private final DataSource database;

    JdbcPositions(DataSource database) {
        this.database = database;
    }

    @Override
    public Optional<Position> load(String channel) {
        try (Connection connection = database.getConnection()) {
            return load(connection, channel);
        } catch (SQLException failed) {
            throw new IllegalStateException("The position of " + channel + " cannot be read", failed);
        }
    }

    static Optional<Position> load(Connection connection, String channel) throws SQLException {
        try (PreparedStatement select = connection
                .prepareStatement("SELECT replay_id, is_text FROM bayeux_position WHERE channel = ?")) {
            select.setString(1, channel);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(new Position(row.getString(1), row.getBoolean(2))) : Optional.empty();
        }
    }

    @Override
    public void save(String channel, Position position) {
        try (Connection connection = database.getConnection()) {
            save(connection, channel, position);
        } catch (SQLException failed) {
            throw new IllegalStateException("The position of " + channel + " cannot be saved", failed);
        }
    }

    /** The same in the transaction of a caller. */
    static void save(Connection connection, String channel, Position position) throws SQLException {
        if (!write(connection, "UPDATE bayeux_position SET replay_id = ?, is_text = ? WHERE channel = ?", channel,
                position)) {
            write(connection, "INSERT INTO bayeux_position (replay_id, is_text, channel) VALUES (?, ?, ?)", channel,
                    position);
        }
    }

    private static boolean write(Connection connection, String sql, String channel, Position position)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, position.replayId());
            statement.setBoolean(2, position.isText());
            statement.setString(3, channel);
            return statement.executeUpdate() > 0;
        }
    }

    @Override
    public void remove(String channel) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection
                        .prepareStatement("DELETE FROM bayeux_position WHERE channel = ?")) {
            delete.setString(1, channel);
            delete.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException("The position of " + channel + " cannot be removed", failed);
        }
    }

    @Override
    public void close() {
        // The program closes its database.
    }
}
