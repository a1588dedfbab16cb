package dev.bayeux.api.position;

import dev.bayeux.api.error.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps other processes away from a file, by a lock on another one beside it: the file itself is replaced at times. */
final class FileLocking {

    /** The files that this process has locked: on many systems, opening and closing such a file again would release the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path beside;
    private final FileChannel channel;

    private FileLocking(Path beside, FileChannel channel) {
        this.beside = beside;
        this.channel = channel;
    }

    /** Locks the file for this process, or throws. */
    static FileLocking of(Path path) {
        String name = path.getFileName() + ".lock";
        try {
            Path beside = Objects.requireNonNull(path.getParent()).toRealPath().resolve(name);
            if (!HELD.add(beside)) {
                throw inUse(path, "in this program already");
            }
            boolean taken = false;
            try {
                FileLocking locking = new FileLocking(beside, take(path, beside));
                taken = true;
                return locking;
            } finally {
                if (!taken) {
                    HELD.remove(beside);
                }
            }
        } catch (IOException failed) {
            throw new ConfigurationException(
                    "%s cannot be locked by %s beside it: %s. Does the folder exist, and may it be written to?"
                            .formatted(path, name, failed),
                    failed);
        }
    }

    private static FileChannel take(Path path, Path beside) throws IOException {
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException otherLoader) {
            // The same library, loaded twice.
            throw inUse(path, "in this program already");
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw inUse(path, "by another process");
        }
        return channel;
    }

    private static ConfigurationException inUse(Path path, String who) {
        return new ConfigurationException(
                "The positions in %s are in use %s. One store at a time can have the file: close the other one, or use another file."
                        .formatted(path, who));
    }

    /** Releases the lock; the operating system does the same when the process ends. */
    void release() {
        try {
            channel.close();
        } catch (IOException closedAnyway) {
            // The lock is gone with the descriptor.
        } finally {
            HELD.remove(beside);
        }
    }
}
