package dev.bayeux.api.position;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.PositionException;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Positions in a file that is appended to. Read and written by {@link RandomAccessFile}: a file channel would be closed
 * by an interrupt, and these threads are the program's.
 */
final class FilePositions implements PositionStore {

    private static final int SMALL = 64 << 10;
    private static final int GROWTH = 4;
    private static final int MOST_LINKS = 40;

    private final ReentrantLock lock = new ReentrantLock();
    private final Path path;
    private final FileLocking locking;
    private final Map<String, Position> positions;
    /** {@code null} while the file could not be opened again after a rewrite. */
    private @Nullable RandomAccessFile file;
    private boolean closed;
    /** Where the next line goes: after the last complete one. */
    private long length;
    private long rewriteAt;

    private FilePositions(Path path, FileLocking locking, Map<String, Position> positions) {
        this.path = path;
        this.locking = locking;
        this.positions = positions;
    }

    static FilePositions open(Path file) {
        Path path = resolved(file.toAbsolutePath());
        FileLocking locking = FileLocking.of(path);
        boolean opened = false;
        try {
            checkNames(path);
            byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
            PositionLines.Contents contents = PositionLines.read(bytes);
            if (contents == null) {
                throw new ConfigurationException(
                        "%s is not a file of positions, and was not changed. Name another file.".formatted(path));
            }
            FilePositions store = new FilePositions(path, locking, new LinkedHashMap<>(contents.positions()));
            store.use(contents.isOld() ? 0 : contents.length());
            opened = true;
            return store;
        } catch (IOException failed) {
            throw new ConfigurationException(
                    "The positions in %s cannot be read and written: %s".formatted(path, failed), failed);
        } finally {
            if (!opened) {
                locking.release();
            }
        }
    }

    /** Follows a symbolic link: under two names one file would be locked twice, and a rewrite would replace the link. */
    private static Path resolved(Path path) {
        try {
            Path target = path;
            for (int links = 0; Files.isSymbolicLink(target); links++) {
                if (links == MOST_LINKS) {
                    throw new IOException("more than %d symbolic links lead on from it".formatted(MOST_LINKS));
                }
                target = target.resolveSibling(Files.readSymbolicLink(target)).toAbsolutePath();
            }
            return target;
        } catch (IOException failed) {
            throw new ConfigurationException("The positions in %s cannot be found: %s".formatted(path, failed), failed);
        }
    }

    /** A rewrite replaces the file under one name, so a store that used another name would go back to old positions. */
    private static void checkNames(Path path) throws IOException {
        if (Files.exists(path) && path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(path, "unix:nlink") instanceof Integer names && names > 1) {
            throw new ConfigurationException(
                    "The file %s has %d names (hard links). A store of positions replaces its file at times, and the other names would keep old positions. Remove the other names, or use a copy of the file."
                            .formatted(path, names));
        }
    }

    /** Continues after the intact part of the file, or starts it if it is empty. */
    private void use(long goodLength) throws IOException {
        if (goodLength == 0) {
            rewrite();
        } else {
            length = goodLength;
            opened().setLength(goodLength);
            rewriteAt = Math.max(SMALL, goodLength);
        }
    }

    @Override
    public Optional<Position> load(String channel) {
        lock.lock();
        try {
            return Optional.ofNullable(positions.get(channel));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void save(String channel, Position position) {
        put(channel, Objects.requireNonNull(position, "position"));
    }

    @Override
    public void remove(String channel) {
        put(channel, null);
    }

    private void put(String channel, @Nullable Position position) {
        lock.lock();
        try {
            if (closed) {
                throw new PositionException(channel, "The store of positions in %s is closed.".formatted(path), null);
            }
            append(channel, PositionLines.line(channel, position));
            if (position == null) {
                positions.remove(channel);
            } else {
                positions.put(channel, position);
            }
            if (length >= rewriteAt) {
                rewriteIfPossible();
            }
        } finally {
            lock.unlock();
        }
    }

    private void append(String channel, byte[] line) {
        try {
            RandomAccessFile open = opened();
            // Overwrites the rest of a failed write.
            open.seek(length);
            open.write(line);
            length += line.length;
        } catch (IOException failed) {
            throw new PositionException(channel,
                    "The position of %s cannot be saved in %s: %s".formatted(channel, path, failed.getMessage()),
                    failed);
        }
    }

    private void rewriteIfPossible() {
        try {
            rewrite();
        } catch (IOException failed) {
            // Nothing is lost: the old file has every position. The next line does not try again, since a rewrite is slow.
            rewriteAt = length * 2;
        }
    }

    /** Writes all positions to a new file, which takes the place of the old one when it is on the disk. */
    private void rewrite() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(PositionLines.HEADLINE);
        for (Map.Entry<String, Position> entry : positions.entrySet()) {
            all.write(PositionLines.line(entry.getKey(), entry.getValue()));
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            all.writeTo(out);
            out.getFD().sync();
        }
        // Closed before, since some systems replace no file that is open.
        closeFile();
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        length = all.size();
        rewriteAt = Math.max(SMALL, length * GROWTH);
        syncFolder();
    }

    private RandomAccessFile opened() throws IOException {
        RandomAccessFile open = file;
        if (open == null) {
            open = new RandomAccessFile(path.toFile(), "rw");
            file = open;
        }
        return open;
    }

    private void closeFile() throws IOException {
        RandomAccessFile open = file;
        if (open != null) {
            file = null;
            open.close();
        }
    }

    private void syncFolder() {
        try (FileChannel folder = FileChannel.open(Objects.requireNonNull(path.getParent()),
                StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException notSupported) {
            // Some systems cannot force a folder to the disk; the file itself is there.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try {
                opened().getFD().sync();
                closeFile();
            } catch (IOException failed) {
                // The lines are with the operating system, which will write them.
            }
            locking.release();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "PositionStore[%s]".formatted(path);
    }
}
