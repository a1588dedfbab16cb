package dev.bayeux.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks that a {@link PositionStore} does what its Javadoc promises. Extend this class and open the store; each test method
 * begins with an empty one.
 */
@Timeout(300)
public abstract class PositionStoreContract {

    private static final String CHANNEL = "/event/Order__e";
    private static final int SAVES = 100;
    /** Of segments of a channel. */
    private static final int LONG = 50_000;

    /** Makes the contract; called by subclasses. */
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

    /**
     * Makes the storage fail, as a database does that cannot be reached: afterwards no store of this test can read or write.
     * Dropping the table is enough.
     *
     * @return whether that was done; {@code false} unless overridden, which skips the test that failures are reported
     * @throws Exception if that is not possible, which fails the test
     */
    protected boolean breakStorage() throws Exception {
        return false;
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
                Position.after("\u00fc '\"\\ %\uD83D\uDE00"),
                Position.after(" 7"), Position.after("7 "), Position.after("\t7\n"), Position.after("A"),
                Position.after("a"), Position.after("x".repeat(Position.MAX_CHARACTERS)));
    }

    @Test
    final void channelsAreIndependent() throws Exception {
        try (PositionStore store = open()) {
            store.save(CHANNEL, Position.after(1));
            store.save("/event/*", Position.after(2));
            store.save("/event/order__e", Position.after(3));
            store.save("/event/it's", Position.after(4));
            store.save("/event/order__e ", Position.after(5));
            store.save(" /event/order__e", Position.after(6));
            store.save("/event/order\u0001", Position.after(7));
            store.remove("/event/*");
            assertEquals(Optional.of(Position.after(1)), store.load(CHANNEL));
            assertEquals(Optional.empty(), store.load("/event/*"));
            assertEquals(Optional.of(Position.after(3)), store.load("/event/order__e"));
            assertEquals(Optional.of(Position.after(4)), store.load("/event/it's"));
            assertEquals(Optional.of(Position.after(5)), store.load("/event/order__e "));
            assertEquals(Optional.of(Position.after(6)), store.load(" /event/order__e"));
            assertEquals(Optional.of(Position.after(7)), store.load("/event/order\u0001"));
        }
    }

    @Test
    final void afterRemovingThereIsNoOlderPosition() throws Exception {
        try (PositionStore store = open()) {
            for (int n = 1; n <= 3; n++) {
                store.save(CHANNEL, Position.after(n));
            }
            store.remove(CHANNEL);
            assertEquals(Optional.empty(), store.load(CHANNEL));
        }
    }

    /** While one thread saves, no other one finds a position that is older than one it has found, or none. */
    @Test
    final void aReaderNeverStepsBack() throws Exception {
        try (PositionStore store = open()) {
            store.save(CHANNEL, Position.after(0));
            Thread saving = Thread.ofVirtual().name("test-save").start(() -> {
                for (int n = 1; n <= SAVES; n++) {
                    store.save(CHANNEL, Position.after(n));
                }
            });
            long last = 0;
            while (last < SAVES && saving.isAlive()) {
                long before = last;
                long found = Long.parseLong(store.load(CHANNEL).map(Position::replayId).orElse("-1"));
                assertTrue(found >= before, () -> "after " + before + " it has loaded " + found);
                last = found;
            }
            saving.join();
            assertEquals(Optional.of(Position.after(SAVES)), store.load(CHANNEL));
        }
    }

    /** A channel may be longer than a database likes: then the store must say so. */
    @Test
    final void aPositionThatIsNotSavedIsAFailure() throws Exception {
        String channel = CHANNEL + "/x".repeat(LONG);
        try (PositionStore store = open()) {
            assertSavedOrThrown(channel, store, store);
        }
    }

    /** A store that is closed saves, or throws. */
    @Test
    final void aPositionThatIsSavedAfterCloseIsNotLostInSilence() throws Exception {
        if (!isDurable()) {
            return;
        }
        PositionStore closed = open();
        closed.save(CHANNEL, Position.after(1));
        closed.close();
        try (PositionStore store = open()) {
            assertSavedOrThrown(CHANNEL, closed, store);
        }
    }

    private static void assertSavedOrThrown(String channel, PositionStore saving, PositionStore loading) {
        try {
            saving.save(channel, Position.after(2));
        } catch (RuntimeException notSaved) {
            // That is how a store says it.
            return;
        }
        assertEquals(Optional.of(Position.after(2)), loading.load(channel), "save has returned");
    }

    @Test
    final void failuresOfTheStorageAreThrown() throws Exception {
        try (PositionStore store = open()) {
            store.save(CHANNEL, Position.after(1));
            Assumptions.assumeTrue(breakStorage(), "the test of this store does not say how its storage breaks");
            assertThrows(RuntimeException.class, () -> store.save(CHANNEL, Position.after(2)), "save");
            assertThrows(RuntimeException.class, () -> store.load(CHANNEL), "load");
            assertThrows(RuntimeException.class, () -> store.remove(CHANNEL), "remove");
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
            for (int n = 1; n <= SAVES; n++) {
                store.save(CHANNEL, Position.after(n));
            }
        }
        try (PositionStore store = open()) {
            assertEquals(Optional.of(Position.after(SAVES)), store.load(CHANNEL));
            store.remove(CHANNEL);
        }
        try (PositionStore store = open()) {
            assertEquals(Optional.empty(), store.load(CHANNEL));
        }
    }

    /** A program that is killed closes nothing. */
    @Test
    final void positionsNeedNoClose() throws Exception {
        if (!isDurable()) {
            return;
        }
        try (PositionStore killed = open()) {
            killed.save(CHANNEL, Position.after(1));
            killed.save(CHANNEL, Position.after(2));
            try (PositionStore store = open()) {
                assertEquals(Optional.of(Position.after(2)), store.load(CHANNEL));
            } catch (ConfigurationException onlyOne) {
                Assumptions.abort("a store for one at a time: " + onlyOne.getMessage());
            }
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
