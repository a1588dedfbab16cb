package dev.bayeux.api.position;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.PositionException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps, for each channel, the position after the last message that was handled. {@link #inMemory()} outlives the
 * client, {@link #ofFile(Path)} outlives the program. Others, such as a database, implement this interface.
 *
 * <p>The keys are channels or patterns as they were subscribed, without a query string (protocol.md C-119). They differ
 * by case, and the client sets no limit to their length. A store is for one server and one user.
 *
 * <p><b>What a store promises.</b> When {@link #save} has returned, {@link #load} never returns an older position of
 * that channel, for as long as the store lasts. The client saves the positions of a channel in the order in which its
 * messages were delivered.
 *
 * <p><b>Threads.</b> Several threads may call all methods at once. The thread that starts a subscription calls
 * {@code load}. The subscription's thread, or the thread that pulls messages, calls {@code save} after each message,
 * and the next message waits for it. The client holds no lock meanwhile, so a store may block.
 *
 * <p><b>Errors.</b> Methods may throw any unchecked exception; the client wraps those that are not a
 * {@link PositionException} in one. If {@code load} throws, the subscription fails. If {@code save} throws, the client
 * reports an event and saves the position with the next message.
 *
 * <p>The program closes a store that it made, after the clients that use it.
 */
public interface PositionStore extends AutoCloseable {

    /**
     * Finds the saved position of a channel.
     *
     * @param channel the key
     * @return the position that was saved last, or empty if there is none
     */
    Optional<Position> load(String channel);

    /**
     * Saves the position of a channel, in place of the one before.
     *
     * @param channel the key
     * @param position the position after the message that was handled last
     */
    void save(String channel, Position position);

    /**
     * Forgets the position of a channel, so that the next subscription begins as if it were the first. The client never
     * calls it.
     *
     * @param channel the key
     */
    void remove(String channel);

    /** Frees what the store holds. May be called again. */
    @Override
    void close();

    /**
     * Makes a store that lasts as long as the object. With it no message is missed over new sessions, and a client can
     * continue after an earlier one. When the program ends, the positions are gone.
     *
     * @return an empty store
     */
    static PositionStore inMemory() {
        return new MemoryPositions();
    }

    /**
     * Opens a store in a file, for one process at a time.
     *
     * <p>The file survives the death of the process at any moment, {@code kill -9} included: every position whose
     * {@code save} has returned is there at the next start. After a power failure, or a crash of the operating system,
     * the position may be an earlier saved one, so that messages come again; none is skipped. Opening the file cuts off
     * a line that was written only in part.
     *
     * <p>The store appends positions, one line each with a checksum. When the file has grown to four times what is
     * needed, and at least 64 KiB, the store writes a new file beside it and replaces the old one atomically. So the
     * size is bounded. An empty file {@code NAME.lock} beside it stays.
     *
     * <p>If the disk is full or the store is closed, {@code save} and {@code remove} throw {@link PositionException}.
     * Positions saved before remain.
     *
     * @param file the file; created if it does not exist, in a folder that exists
     * @return the store, open
     * @throws ConfigurationException if another process uses it (or this one, elsewhere), if it is not such a file, or
     *             if it cannot be read and written
     */
    static PositionStore ofFile(Path file) {
        return FilePositions.open(file);
    }
}
