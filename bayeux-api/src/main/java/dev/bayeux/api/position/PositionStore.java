package dev.bayeux.api.position;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.PositionException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps, for each channel, the position behind the last message that was handled. There are two: {@link #inMemory()}
 * outlives the client, {@link #ofFile(Path)} outlives the program; others, such as a database, implement this interface.
 *
 * <p>The keys are channels or patterns as they were subscribed, without a query string (protocol.md C-119). Positions are
 * those of one server and one user: each has a store of its own.
 *
 * <p><b>What a store promises.</b> When {@link #save} has returned, {@link #load} never gives an older position of that
 * channel again, for as long as the store lasts. The client saves the positions of a channel in the order in which its
 * messages were delivered.
 *
 * <p><b>Threads.</b> All methods may be called by several threads at once. {@code load} is called by who starts a
 * subscription; {@code save} on the subscription's thread, or by who takes messages, after each message: the next one
 * waits for it. No lock of the client is held, so a store may block. What a method throws is reported: {@code load} fails
 * the subscription, {@code save} becomes an event and the position is saved with the next message.
 *
 * <p>Who makes a store closes it, after the clients that use it.
 */
public interface PositionStore extends AutoCloseable {

    /**
     * Finds a position.
     *
     * @param channel the key
     * @return what was saved last, or empty if nothing was
     */
    Optional<Position> load(String channel);

    /**
     * Keeps a position in the place of the one before.
     *
     * @param channel the key
     * @param position behind the message that was handled last
     */
    void save(String channel, Position position);

    /**
     * Forgets a position, so that the next subscription begins as if it were the first. The client never does that by
     * itself.
     *
     * @param channel the key
     */
    void remove(String channel);

    /** Frees what the store holds. May be called again. */
    @Override
    void close();

    /**
     * A store that lasts as long as the object. With it, nothing is missed while sessions come and go, and a client takes
     * over from the one before; when the program ends, the positions are gone.
     *
     * @return an empty store
     */
    static PositionStore inMemory() {
        return new MemoryPositions();
    }

    /**
     * A store in a file, for one process at a time.
     *
     * <p>The file survives the death of the process at any point, {@code kill -9} included: every position whose
     * {@code save} has returned is there at the next start. After a power failure, or a crash of the operating system, it
     * may be an older one that was saved, so that messages come again; none is skipped. A tail that was written in part is
     * cut off at the next opening.
     *
     * <p>Positions are appended, one line each with a checksum. When the file has grown to four times what is needed, and
     * at least 64 KiB, it is written anew beside and takes the place of the old one at once, so its size is bounded. Beside
     * it lies an empty file {@code NAME.lock}, which stays.
     *
     * <p>If the disk is full or the store is closed, {@code save} and {@code remove} throw {@link PositionException}; what
     * was saved before stays.
     *
     * @param file where; is made if there is none, in a folder that exists
     * @return the store, open
     * @throws ConfigurationException if another process uses it (or this one, elsewhere), if it is something else than
     *             such a file, or if it cannot be read and written
     */
    static PositionStore ofFile(Path file) {
        return FilePositions.open(file);
    }
}
