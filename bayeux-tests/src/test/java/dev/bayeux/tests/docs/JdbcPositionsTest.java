package dev.bayeux.tests.docs;

import dev.bayeux.api.position.PositionStore;
import dev.bayeux.tests.contract.PositionStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class JdbcPositionsTest extends PositionStoreContract {

    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void create() throws SQLException {
        database.setURL("jdbc:h2:mem:positions;DB_CLOSE_DELAY=-1");
        run("CREATE TABLE bayeux_position (channel VARCHAR(1024) PRIMARY KEY, replay_id VARCHAR(1024) NOT NULL, is_text BOOLEAN NOT NULL)");
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

    @Override
    protected PositionStore open() {
        return new JdbcPositions(database);
    }

    @Override
    protected boolean breakStorage() throws SQLException {
        drop();
        return true;
    }
}
