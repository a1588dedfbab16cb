package dev.bayeux.tests.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of an open WebSocket. The {@link ScriptedServer} answers the messages of the client; with this class a
 * test sends further frames, and observes the end of the socket. Safe for concurrent use.
 */
public final class ScriptedSocket {

    private final Socket socket;
    private final ReceivedRequest upgrade;
    private final CompletableFuture<Ending> gone;
    private final CompletableFuture<Closing> closing = new CompletableFuture<>();
    private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile CompletableFuture<Boolean> listening = CompletableFuture.completedFuture(true);
    private final AtomicInteger compressed = new AtomicInteger();
    private volatile boolean rude;

    ScriptedSocket(Socket socket, ReceivedRequest upgrade, CompletableFuture<Ending> gone) {
        this.socket = socket;
        this.upgrade = upgrade;
        this.gone = gone;
    }

    /**
     * The client's close frame.
     *
     * @param code its status code, 1005 if it had none
     * @param reason its reason
     */
    public record Closing(int code, String reason) {}

    /**
     * {@return the request that opened it}
     */
    public ReceivedRequest upgrade() {
        return upgrade;
    }

    /**
     * Sends frames, or parts of them, in this order and with nothing between them.
     *
     * @param frames the frames to send
     * @return this
     */
    public ScriptedSocket send(Frame... frames) {
        try {
            write(frames);
        } catch (IOException lost) {
            // The client is gone; a test observes that by other methods.
        }
        return this;
    }

    /** Stops reading, like a machine that was switched off; the next bytes may still be read. */
    public void stopReading() {
        listening = new CompletableFuture<>();
    }

    /** Reads again, and so detects whether the client is gone. */
    public void readAgain() {
        listening.complete(true);
    }

    /** Does not answer the client's close frame, and then leaves the connection open. */
    public void ignoreClosing() {
        rude = true;
    }

    /** Closes the connection without a close frame. */
    public void drop() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * Waits for the client's close frame.
     *
     * @param limit how long to wait
     * @return the frame
     * @throws AssertionError if none came in time, or the connection has ended without one
     * @throws InterruptedException if the thread is interrupted
     */
    public Closing awaitClosing(Duration limit) throws InterruptedException {
        try {
            CompletableFuture.anyOf(closing, gone).get(limit.toNanos(), TimeUnit.NANOSECONDS);
            Closing known = closing.getNow(null);
            if (known != null) {
                return known;
            }
            throw new AssertionError("The connection has ended without a close frame.");
        } catch (TimeoutException | ExecutionException late) {
            throw new AssertionError("The client has not closed the WebSocket within %s.".formatted(limit), late);
        }
    }

    /**
     * Waits until the connection has ended.
     *
     * @param limit how long to wait
     * @throws AssertionError if it has not
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitEnd(Duration limit) throws InterruptedException {
        try {
            gone.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new AssertionError("The connection has not ended within %s.".formatted(limit), late);
        }
    }

    /**
     * {@return how many messages the client has sent compressed}
     */
    public int compressedMessages() {
        return compressed.get();
    }

    /**
     * {@return whether the connection is open}
     */
    public boolean isOpen() {
        return !gone.isDone();
    }

    /**
     * Waits for the next pong.
     *
     * @param limit how long to wait
     * @return the content of the pong
     * @throws AssertionError if none came in time
     * @throws InterruptedException if the thread is interrupted
     */
    public String takePong(Duration limit) throws InterruptedException {
        String pong = pongs.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (pong == null) {
            throw new AssertionError("No pong has come within %s.".formatted(limit));
        }
        return pong;
    }

    void write(Frame... frames) throws IOException {
        writing.lock();
        try {
            OutputStream out = socket.getOutputStream();
            for (Frame frame : frames) {
                frame.write(out);
            }
        } finally {
            writing.unlock();
        }
    }

    /** One reply at a time. */
    void write(AnswerWriter writer, Reply reply) throws IOException {
        writing.lock();
        try {
            writer.write(reply, socket.getOutputStream());
        } finally {
            writing.unlock();
        }
    }

    /** Waits for the next text message; {@code null} if the socket has ended. */
    byte @Nullable [] readMessage(FrameReader reader) throws IOException {
        while (true) {
            CompletableFuture.anyOf(listening, gone).join();
            FrameReader.Received received = reader.read();
            if (received == null) {
                return null;
            }
            switch (received.opcode()) {
                case Frame.TEXT -> {
                    compressed.addAndGet(received.compressed() ? 1 : 0);
                    return received.payload();
                }
                case Frame.PING -> write(Frame.of(0x80 | Frame.PONG, received.payload()));
                case Frame.PONG -> pongs.add(new String(received.payload(), StandardCharsets.UTF_8));
                case Frame.CLOSE -> {
                    closing.complete(closing(received.payload()));
                    if (!rude) {
                        send(Frame.of(0x80 | Frame.CLOSE, received.payload()));
                        return null;
                    }
                }
                default -> throw new IOException("A frame of the unknown kind %d.".formatted(received.opcode()));
            }
        }
    }

    private static Closing closing(byte[] payload) {
        if (payload.length < 2) {
            return new Closing(1005, "");
        }
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        return new Closing(bytes.getShort() & 0xffff, StandardCharsets.UTF_8.decode(bytes).toString());
    }
}
