package dev.bayeux.tests.contract;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Inbox;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Keeps what a transport delivers until a test takes it. */
class RecordingInbox implements Inbox {

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final Duration patience;

    RecordingInbox(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void received(String text) {
        arrived.add(text);
    }

    @Override
    public void receivedInPart(String text) {
        arrived.add(text);
    }

    @Override
    public void disconnected(TransportException reason) {
        arrived.add(reason);
    }

    /** Waits for the next message. */
    String message() throws InterruptedException {
        return Assertions.assertInstanceOf(String.class, next(), "instead of a message");
    }

    /** Waits for the report that the connection has ended. */
    TransportException end() throws InterruptedException {
        return Assertions.assertInstanceOf(TransportException.class, next(), "instead of the end of the connection");
    }

    void assertEnd(Problem problem) throws InterruptedException {
        TransportException reason = end();
        Assertions.assertEquals(problem, reason.problem(),
                () -> "problem of \"%s\", caused by %s".formatted(reason.getMessage(), reason.getCause()));
    }

    /** Nothing has come that was not taken. */
    void assertEmpty() {
        Assertions.assertEquals(0, arrived.size(), arrived::toString);
    }

    /** Waits for whatever comes next. */
    Object next() throws InterruptedException {
        Object next = arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw new AssertionError("Nothing has come to the inbox within %s.".formatted(patience));
        }
        return next;
    }
}
