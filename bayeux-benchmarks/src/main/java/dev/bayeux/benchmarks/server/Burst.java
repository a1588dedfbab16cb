package dev.bayeux.benchmarks.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.eclipse.jetty.util.ajax.JSON;

/**
 * Many messages of about 200 bytes for one client, so many in a reply or frame: the next ones are put into the session's
 * queue when the last ones have left it, so that there is never more in it, and, but for the time in between, never less.
 */
final class Burst implements ServerSession.DeQueueListener, Runnable {

    private static final List<JSON.Literal> EVENTS = IntStream.range(0, 100).mapToObj(Burst::event).toList();
    private static final int BRANCHES = 10;
    /** The number of characters of an event besides its filling. */
    private static final int FRAME = "{\"n\":1,\"text\":\"\"}".length();
    private static final long PATIENCE_SECONDS = 30;

    private final ServerSession session;
    private final String channel;
    private final int count;
    private final int batch;
    private final List<JSON.Literal> events;
    private final Semaphore room = new Semaphore(1);

    Burst(ServerSession session, String channel, int count, int batch, List<JSON.Literal> events) {
        this.session = session;
        this.channel = channel;
        this.count = count;
        this.batch = batch;
        this.events = events;
    }

    /** {@return the events of a burst: of so many characters, or with so many numbers, or the usual ones} */
    static List<JSON.Literal> events(int length, int fields) {
        if (fields > 0) {
            return List.of(new JSON.Literal(nested(fields)));
        }
        return length > 0
                ? List.of(new JSON.Literal(
                        "{\"n\":1,\"text\":\"%s\"}".formatted("x".repeat(Math.max(0, length - FRAME)))))
                : EVENTS;
    }

    /** Objects of ten fields each, the innermost of numbers: a record has no more than 255 fields. */
    private static String nested(int fields) {
        String value = fields == 1 ? "7" : nested(fields / BRANCHES);
        return fields == 1
                ? value
                : IntStream.range(0, BRANCHES).mapToObj(n -> "\"f%d\":%s".formatted(n, value))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static JSON.Literal event(int number) {
        return new JSON.Literal("""
                {"n":%d,"symbol":"ABCD%d","bid":%d.25,"ask":%d.5,"open":true,"tags":["a","bc",null],"note":"%s"}"""
                .formatted(1_000_000 + number, number % 10, number, number, "some text of the event ".repeat(4)));
    }

    void start() {
        Thread.ofPlatform().name("burst").daemon().start(this);
    }

    @Override
    public void run() {
        session.addListener(this);
        try {
            for (int sent = 0; sent < count; sent += batch) {
                if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The client takes no messages any more.");
                }
                int next = Math.min(batch, count - sent);
                session.batch(() -> {
                    for (int n = 0; n < next; n++) {
                        session.deliver(null, channel, events.get(n % events.size()), Promise.noop());
                    }
                });
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            session.removeListener(this);
        }
    }

    @Override
    public void deQueue(ServerSession from, Queue<ServerMessage> queue) {
        if (queue.stream().anyMatch(message -> channel.equals(message.getChannel()))) {
            room.release();
        }
    }
}
