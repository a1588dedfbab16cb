package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tells whether a {@link PositionStore} keeps what it promises. A test extends this class and opens the store; each test
 * method begins with an empty one.
 */
@Timeout(60)
public abstract class PositionStoreContract {

    private static final String CHANNEL = "/event/Order__e";

    /** For subclasses. */
    protected PositionStoreContract() {
    }

    /**
     * Opens the store of this test: empty at the first call of a test method, with what was saved at later calls.
     *
     * @return a store, which the contract closes
     * @throws Exception if that is not possible, which fails the test
     */
    protected abstract PositionStore open() throws Exception;

    /** {@return whether positions outlive the store object; {@code true} unless a subclass says otherwise} */
    protected boolean isDurable() {
        return true;
    }

    @Test
    final void anUnknownChannelHasNoPosition() throws Exception {
        try (PositionStore store = open()) {
            assertEquals(Optional.empty(), store.load(CHANNEL));
            store.remove(CHANNEL);
            assertEquals(Optional.empty(), store.load(CHANNEL));
        }
    }

    @Test
    final void theLastSavedPositionIsLoaded() throws Exception {
        try (PositionStore store = open()) {
            for (Position position : positions()) {
                store.save(CHANNEL, position);
                assertEquals(Optional.of(position), store.load(CHANNEL));
            }
        }
    }

    private static List<Position> positions() {
        return List.of(Position.after(0), Position.after(7), Position.after(6), Position.after(Long.MAX_VALUE),
                new Position("123456789012345678901234567890", false), Position.after("7"), Position.after("AAAB-x9=="),
                Position.after("\u00fc '\"\\ %\uD83D\uDE00"), Position.after("x".repeat(Position.MAX_CHARACTERS)));
    }

    @Test
    final void channelsAreIndependent() throws Exception {
        try (PositionStore store = open()) {
            store.save(CHANNEL, Position.after(1));
            store.save("/event/*", Position.after(2));
            store.save("/event/order__e", Position.after(3));
            store.save("/event/it's", Position.after(4));
            store.remove("/event/*");
            assertEquals(Optional.of(Position.after(1)), store.load(CHANNEL));
            assertEquals(Optional.empty(), store.load("/event/*"));
            assertEquals(Optional.of(Position.after(3)), store.load("/event/order__e"));
            assertEquals(Optional.of(Position.after(4)), store.load("/event/it's"));
        }
    }

    @Test
    final void positionsOutliveTheStore() throws Exception {
        if (!isDurable()) {
            return;
        }
        for (Position position : positions()) {
            try (PositionStore store = open()) {
                store.save(CHANNEL, position);
            }
            try (PositionStore store = open()) {
                assertEquals(Optional.of(position), store.load(CHANNEL));
            }
        }
        try (PositionStore store = open()) {
            store.remove(CHANNEL);
        }
        try (PositionStore store = open()) {
            assertEquals(Optional.empty(), store.load(CHANNEL));
        }
    }

    @Test
    final void severalThreadsMaySaveAtOnce() throws Exception {
        try (PositionStore store = open()) {
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String channel = "/event/" + thread;
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int n = 1; n <= 50; n++) {
                        store.save(channel, Position.after(n));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (int thread = 0; thread < 4; thread++) {
                assertEquals(Optional.of(Position.after(50)), store.load("/event/" + thread));
            }
        }
    }

    @Test
    final void closingTwiceDoesNoHarm() throws Exception {
        PositionStore store = open();
        store.close();
        store.close();
    }
}
