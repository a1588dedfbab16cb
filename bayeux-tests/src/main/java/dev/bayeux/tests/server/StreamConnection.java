package dev.bayeux.tests.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** One connection of a {@link StreamServer}. One thread reads; each message is answered by a separate thread. */
final class StreamConnection implements ServerConnection {

    /** More than any limit of a test, and little enough to be made for one. */
    private static final int ENDLESS = 8 << 20;

    private final StreamServer server;
    private final Socket socket;
    private final int number;
    private final Framing framing;
    private final CompletableFuture<Ending> gone = new CompletableFuture<>();
    private final ReentrantLock writing = new ReentrantLock();

    StreamConnection(StreamServer server, Socket socket, int number, Framing framing) {
        this.server = server;
        this.socket = socket;
        this.number = number;
        this.framing = framing;
    }

    @Override
    public void start() {
        server.run("connection-%d".formatted(number), this::read);
    }

    @Override
    public void close() {
        end(Ending.BROKEN_BY_SERVER);
    }

    private void read() {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            framing.open(in, socket.getOutputStream());
            HttpReader.Head head = new HttpReader.Head(ReceivedRequest.SOCKET_MESSAGE, "/", Map.of());
            for (byte[] text = framing.read(in); text != null; text = framing.read(in)) {
                ReceivedRequest message = server.record(number, head, text, gone);
                server.run("answer-%d".formatted(message.number()), () -> server.ended(message, respond(message)));
            }
        } catch (IOException lost) {
            // Reset by the client, or closed by this server: end() distinguishes the two by which came first.
        }
        end(Ending.LEFT_BY_CLIENT);
        server.forget(this);
    }

    private void end(Ending how) {
        if (gone.complete(how)) {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private Ending respond(ReceivedRequest request) {
        try {
            return write(server.decide(request), request) ? Ending.ANSWERED : gone.join();
        } catch (IOException | CancellationException lost) {
            end(Ending.LEFT_BY_CLIENT);
            return gone.join();
        } catch (InterruptedException interrupted) {
            return Ending.BROKEN_BY_SERVER;
        }
    }

    /** Does what the answer says; false if this side closed the connection before a whole answer was sent. */
    private boolean write(Answer answer, ReceivedRequest request) throws IOException, InterruptedException {
        switch (answer) {
            case Reply reply when reply.status() == 200 -> {
                byte[] frame = framing.frame(reply.body());
                write(frame, 0, frame.length);
                return true;
            }
            case Held held -> {
                held.answers(request);
                return write(held.await(), request);
            }
            case Paused paused -> {
                gone.thenRun(paused::abandon);
                byte[] frame = framing.frame(paused.reply().body());
                int first = Math.min(paused.bytes(), frame.length);
                write(frame, 0, first);
                request.answerBegins();
                if (paused.await()) {
                    write(frame, first, frame.length);
                    return true;
                }
            }
            case Answer.Cut cut -> {
                byte[] frame = framing.frame(cut.reply().body());
                write(frame, 0, Math.min(cut.bytes(), frame.length));
            }
            case Answer.Frames frames -> {
                // Frames are WebSocket's; none of them is no answer.
                if (frames.frames().isEmpty()) {
                    return true;
                }
            }
            case Answer.Raw raw -> write(raw.bytes(), 0, raw.bytes().length);
            case Answer.Endless endless -> {
                byte[] spaces = new byte[ENDLESS];
                Arrays.fill(spaces, (byte) ' ');
                byte[] frame = framing.frame(spaces);
                request.answerBegins();
                write(frame, 0, frame.length - 2);
                gone.join();
            }
            case Answer.Reset reset -> socket.setSoLinger(true, 0);
            case Answer.Stall stall -> gone.join();
            case Answer.Unfinished unfinished -> {
                write(unfinished.bytes(), 0, unfinished.bytes().length);
                request.answerBegins();
                gone.join();
            }
            case Reply reply -> {
                // A status that is a failure: closing is all there is to do.
            }
            case Upgrade upgrade -> throw new IOException("There is no upgrade on this connection.");
            case Answer.Drop drop -> {
                // Closing is all there is to do.
            }
        }
        close();
        return false;
    }

    private void write(byte[] bytes, int from, int to) throws IOException {
        writing.lock();
        try {
            socket.getOutputStream().write(bytes, from, to - from);
        } finally {
            writing.unlock();
        }
    }
}
