package dev.bayeux.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The lines of the standard input, read ahead by a thread of its own: reading from a terminal or pipe cannot be interrupted, waiting
 * for a line can.
 */
public final class Lines {

    private static final int AHEAD = 1000;

    /** The end, or the failure that was it. */
    private record Read(Optional<String> line, Optional<IOException> failure) {}

    private final BlockingQueue<Read> read = new LinkedBlockingQueue<>(AHEAD);
    private boolean ended;

    /**
     * Begins to read the standard input.
     *
     * @param streams of the process; none is closed
     * @return its lines
     */
    public static Lines of(Streams streams) {
        return new Lines(streams.in(), streams.charset());
    }

    Lines(InputStream in, Charset charset) {
        // A platform thread, since a read would hold the carrier of a virtual one; a daemon, since it may never end.
        Thread.ofPlatform().daemon().name("bayeux-cli-input").start(() -> readAll(in, charset));
    }

    private void readAll(InputStream in, Charset charset) {
        try {
            Optional<IOException> failure = Optional.empty();
            try {
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, charset));
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    read.put(new Read(Optional.of(line), failure));
                }
            } catch (IOException failed) {
                failure = Optional.of(failed);
            }
            read.put(new Read(Optional.empty(), failure));
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the next line.
     *
     * @return the line, or empty at the end
     * @throws BadInputException if the input cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> next() throws InterruptedException {
        return ended ? Optional.empty() : take(read.take());
    }

    /**
     * Waits for the next line, and takes those that are there already as well.
     *
     * @param most how many
     * @return none at the end
     * @throws BadInputException if the input cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public List<String> next(int most) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Optional<String> line = next();
        while (line.isPresent()) {
            lines.add(line.get());
            Read more = lines.size() < most ? read.peek() : null;
            // A failure is told when what came before it was dealt with.
            line = more == null || more.failure().isPresent() ? Optional.empty() : take(read.remove());
        }
        return lines;
    }

    private Optional<String> take(Read next) {
        ended = next.line().isEmpty();
        next.failure().ifPresent(failed -> {
            throw new BadInputException("The standard input cannot be read: " + failed.getMessage());
        });
        return next.line();
    }
}
