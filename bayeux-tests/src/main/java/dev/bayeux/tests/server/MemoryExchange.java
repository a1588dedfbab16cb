package dev.bayeux.tests.server;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.ReplyBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request to a {@link MemoryServer} and what its answer does. */
final class MemoryExchange {

    private final MemoryServer server;
    private final ReplyBuffer body;
    private final CompletableFuture<HttpReply> outcome = new CompletableFuture<>();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final CompletableFuture<Ending> gone = new CompletableFuture<>();

    MemoryExchange(MemoryServer server, ReplyBuffer body) {
        this.server = server;
        this.body = body;
    }

    CompletableFuture<HttpReply> outcome() {
        return outcome;
    }

    /**
     * Ends it if it has not ended.
     *
     * @param told what the client learns, before anything else happens; {@code null} if it has left
     */
    void end(Ending how, @Nullable Exception told) {
        // First: what the client learns makes it leave, and that is not how it ended.
        if (ending.compareAndSet(null, how)) {
            if (told != null) {
                outcome.completeExceptionally(told);
            }
            gone.complete(how);
        }
    }

    /** Answers on a thread of the server. */
    void start(int connection, HttpReader.Head head, byte[] content) {
        ReceivedRequest request = server.record(connection, head, content, gone);
        server.serve(request.number(), () -> {
            try {
                play(server.decide(request), request);
            } catch (IOException | TransportException | CancellationException broken) {
                outcome.completeExceptionally(broken);
            } catch (InterruptedException impossible) {
                Thread.currentThread().interrupt();
            }
            // An answer that was whole has ended before the client could leave.
            server.ended(request, outcome.isCompletedExceptionally() ? gone.join() : Ending.ANSWERED);
        });
    }

    private void play(Answer answer, ReceivedRequest request) throws IOException, InterruptedException {
        switch (answer) {
            case Reply reply -> {
                Reply whole = request.asked(reply);
                append(whole, 0, whole.body().length);
                finish(whole);
            }
            case Held held -> {
                held.answers(request);
                play(held.await(), request);
            }
            case Paused paused -> {
                gone.thenRun(paused::abandon);
                Reply whole = request.asked(paused.reply());
                append(whole, 0, paused.bytes());
                request.answerBegins();
                if (!paused.await()) {
                    throw new CancellationException("Nobody waits for the rest.");
                }
                append(whole, paused.bytes(), whole.body().length);
                finish(whole);
            }
            case Answer.Endless endless -> {
                byte[] spaces = new byte[1000];
                Arrays.fill(spaces, (byte) ' ');
                request.answerBegins();
                while (!isGoneWithin(endless.pause())) {
                    body.append(ByteBuffer.wrap(spaces));
                }
                throw new CancellationException("Nobody reads.");
            }
            case Answer.Unfinished unfinished -> broken();
            case Answer.Stall stall -> {
                gone.join();
                throw new CancellationException("Nobody waits.");
            }
            case Answer.Cut cut -> broken();
            case Answer.Drop drop -> broken();
            case Answer.Raw raw -> broken();
            case Answer.Frames frames -> broken();
            case Upgrade upgrade -> broken();
            case Answer.Reset reset -> broken();
        }
    }

    private void broken() throws IOException {
        IOException closed = new IOException("The server has closed the connection.");
        end(Ending.BROKEN_BY_SERVER, closed);
        throw closed;
    }

    private void append(Reply reply, int from, int to) {
        int end = Math.min(to, reply.body().length);
        body.append(ByteBuffer.wrap(reply.body(), Math.min(from, end), end - Math.min(from, end)));
    }

    private void finish(Reply reply) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        reply.headers().forEach(
                header -> headers.computeIfAbsent(header.getKey(), name -> new ArrayList<>()).add(header.getValue()));
        outcome.complete(new HttpReply(reply.status(), headers));
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
