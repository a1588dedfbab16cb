package dev.bayeux.tests.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link ScriptedServer}. One thread reads all the time, so that the end of the connection is noticed
 * while an answer is held; each request is answered by a separate thread, one after the other.
 */
final class HttpConnection implements ServerConnection {

    private final ScriptedServer server;
    private final Socket socket;
    private final int number;
    private final CompletableFuture<Ending> gone = new CompletableFuture<>();
    private volatile AnswerWriter writer = new ReplyWriter();
    private volatile @Nullable ScriptedSocket webSocket;
    /** Whether no more requests are read, as by a server of HTTP/1.0. */
    private volatile boolean ending;

    HttpConnection(ScriptedServer server, Socket socket, int number) {
        this.server = server;
        this.socket = socket;
        this.number = number;
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
            HttpReader reader = new HttpReader(socket);
            CompletableFuture<Void> previous = CompletableFuture.completedFuture(null);
            while (true) {
                HttpReader.Head head = reader.readHead();
                if (head == null) {
                    break;
                }
                if (ending) {
                    close();
                    break;
                }
                if (head.header("Upgrade").equalsIgnoreCase("websocket")) {
                    if (talk(head, reader)) {
                        break;
                    }
                    continue;
                }
                ReceivedRequest request = server.record(number, head, reader.readBody(head), gone);
                CompletableFuture<Void> before = previous;
                CompletableFuture<Void> answered = new CompletableFuture<>();
                previous = answered;
                server.run("answer-%d".formatted(request.number()), () -> {
                    // Answers keep the order of the requests even if a client sends the second before the first answer.
                    before.join();
                    server.ended(request, respond(request, server.decide(request)));
                    answered.complete(null);
                });
            }
        } catch (IOException lost) {
            // Reset by the client, or closed by this server: end() distinguishes the two by which came first.
        }
        end(Ending.LEFT_BY_CLIENT);
        server.forget(this);
    }

    /** Answers a request for a WebSocket, and its messages if that gives one; false if there is more HTTP to come. */
    private boolean talk(HttpReader.Head head, HttpReader reader) throws IOException {
        ReceivedRequest upgrade = server.sockets().record(number, head, gone);
        server.run("upgrade-%d".formatted(upgrade.number()),
                () -> upgrade.end(respond(upgrade, server.decide(upgrade))));
        // The client has nothing to say before it has the answer; but it can go.
        boolean more = reader.awaitMore();
        ScriptedSocket open = webSocket;
        if (!more || open == null) {
            return !more;
        }
        FrameReader frames = new FrameReader(reader.rest());
        HttpReader.Head ofMessages = new HttpReader.Head(ReceivedRequest.SOCKET_MESSAGE, head.target(), head.headers());
        CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
        for (byte[] text = open.readMessage(frames); text != null; text = open.readMessage(frames)) {
            ReceivedRequest message = server.record(number, ofMessages, text, gone);
            // Messages of one socket are processed in their order, as TCP brings them; the answers may overtake each other.
            CompletableFuture<Void> earlier = before;
            CompletableFuture<Void> decided = new CompletableFuture<>();
            before = decided;
            server.run("answer-%d".formatted(message.number()), () -> {
                CompletableFuture.anyOf(earlier, gone).join();
                Answer answer = server.decide(message);
                decided.complete(null);
                server.ended(message, respond(message, answer));
            });
        }
        return true;
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

    private Ending respond(ReceivedRequest request, Answer answer) {
        Ending ending;
        try {
            ending = write(answer, request) ? Ending.ANSWERED : gone.join();
        } catch (IOException | CancellationException lost) {
            // Writing to a connection that the client has closed is what this server is for.
            end(Ending.LEFT_BY_CLIENT);
            ending = gone.join();
        } catch (InterruptedException interrupted) {
            ending = Ending.BROKEN_BY_SERVER;
        }
        return ending;
    }

    /** Does what the answer says; false if this side closed the connection before a whole answer was sent. */
    private boolean write(Answer answer, ReceivedRequest request) throws IOException, InterruptedException {
        switch (answer) {
            case Reply reply -> {
                boolean open = reply.framing() == Reply.Framing.LENGTH || reply.framing() == Reply.Framing.CHUNKED;
                boolean last = open && request.wantsClose();
                ending = reply.framing() == Reply.Framing.HTTP_1_0;
                writeWhole(request.asked(last ? reply.header("Connection", "close") : reply));
                if (last || !open && !ending) {
                    close();
                }
                return true;
            }
            case Held held -> {
                held.answers(request);
                return write(held.await(), request);
            }
            case Paused paused -> {
                gone.thenRun(paused::abandon);
                BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream());
                Reply whole = request.asked(paused.reply());
                writer.begin(whole, paused.bytes(), out);
                request.answerBegins();
                if (paused.await()) {
                    writer.finish(whole, paused.bytes(), out);
                    return true;
                }
            }
            case Answer.Cut cut -> writer.begin(request.asked(cut.reply()), cut.bytes(), socket.getOutputStream());
            case Answer.Frames frames -> {
                ScriptedSocket open = webSocket;
                if (open != null) {
                    open.write(frames.frames().toArray(Frame[]::new));
                    return true;
                }
            }
            case Upgrade upgrade -> {
                // Before the client knows, so that a test that sees the client's socket finds this one.
                ScriptedSocket opened = new ScriptedSocket(socket, request, gone);
                writer = new FrameWriter();
                webSocket = opened;
                server.sockets().opened(opened);
                socket.getOutputStream().write(upgrade.head(request).getBytes(StandardCharsets.ISO_8859_1));
                return true;
            }
            case Answer.Raw raw -> socket.getOutputStream().write(raw.bytes());
            case Answer.Endless endless -> writeEndless(endless, request);
            case Answer.Reset reset -> socket.setSoLinger(true, 0);
            case Answer.Stall stall -> gone.join();
            case Answer.Unfinished unfinished -> {
                socket.getOutputStream().write(unfinished.bytes());
                request.answerBegins();
                gone.join();
            }
            case Answer.Drop drop -> {
                // Closing is all there is to do.
            }
        }
        close();
        return false;
    }

    private void writeWhole(Reply reply) throws IOException {
        ScriptedSocket open = webSocket;
        if (open == null) {
            writer.write(reply, socket.getOutputStream());
        } else {
            open.write(writer, reply);
        }
    }

    private void writeEndless(Answer.Endless endless, ReceivedRequest request)
            throws IOException, InterruptedException {
        byte[] spaces = new byte[1000];
        Arrays.fill(spaces, (byte) ' ');
        Reply piece = endless.head().body(spaces).framed(Reply.Framing.CHUNKED);
        writer.begin(piece, spaces.length, socket.getOutputStream());
        request.answerBegins();
        while (!isGoneWithin(endless.pause())) {
            writer.more(piece, socket.getOutputStream());
        }
    }

    private boolean isGoneWithin(Duration time) throws InterruptedException {
        try {
            gone.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }
}
