package dev.bayeux.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Reads the lines of the standard input ahead on a separate thread. A read from a terminal or pipe cannot be
 * interrupted; waiting for a line can.
 */
public final class Lines {

    private static final int AHEAD = 1000;
    /** The byte order mark that some editors write before the first line of UTF-8. */
    private static final String MARK = "\ufeff";

    /** A line, or the end, or the failure that ended the input. */
    private record Read(Optional<String> line, Optional<BadInputException> failure) {}

    private final BlockingQueue<Read> read = new LinkedBlockingQueue<>(AHEAD);
    private boolean ended;

    /**
     * Begins to read the standard input.
     *
     * @param streams the streams of the process; none is closed
     * @return its lines
     */
    public static Lines of(Streams streams) {
        return new Lines(streams.in(), streams.inputCharset());
    }

    Lines(InputStream in, Charset charset) {
        // A platform thread, since a read would hold the carrier of a virtual one; a daemon, since it may never end.
        Thread.ofPlatform().daemon().name("bayeux-cli-input").start(() -> readAll(in, charset));
    }

    private void readAll(InputStream in, Charset charset) {
        long number = 1;
        try {
            Optional<BadInputException> failure = Optional.empty();
            try {
                ByteLines lines = new ByteLines(in);
                CharsetDecoder decoder = charset.newDecoder();
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    String text = decoder.decode(ByteBuffer.wrap(line)).toString();
                    boolean marked = number == 1 && text.startsWith(MARK);
                    read.put(new Read(Optional.of(marked ? text.substring(1) : text), failure));
                    number++;
                }
            } catch (CharacterCodingException malformed) {
                failure = Optional.of(new BadInputException(
                        "Line %d of the standard input is not %s; iconv converts it.".formatted(number, charset)));
            } catch (IOException failed) {
                failure = Optional.of(
                        new BadInputException("The standard input cannot be read: " + failed.getMessage()));
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
     * @throws BadInputException if the input cannot be read, or this line is not in its charset
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> next() throws InterruptedException {
        return ended ? Optional.empty() : take(read.take());
    }

    /**
     * Waits for the next line, and returns it with the lines after it that have been read already.
     *
     * @param most the most lines to return
     * @return the lines; none at the end
     * @throws BadInputException if the input cannot be read, or the next line is not in its charset
     * @throws InterruptedException if the thread is interrupted
     */
    public List<String> next(int most) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Optional<String> line = next();
        while (line.isPresent()) {
            lines.add(line.get());
            Read more = lines.size() < most ? read.peek() : null;
            // The next call throws the failure, after the caller has handled the lines before it.
            line = more == null || more.failure().isPresent() ? Optional.empty() : take(read.remove());
        }
        return lines;
    }

    private Optional<String> take(Read next) {
        ended = next.line().isEmpty();
        next.failure().ifPresent(failed -> {
            throw failed;
        });
        return next.line();
    }
}
