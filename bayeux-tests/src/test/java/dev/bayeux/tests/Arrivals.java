package dev.bayeux.tests;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Inbox;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a transport has brought: texts, and the reasons why connections have ended. */
public final class Arrivals implements Inbox {

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    @Override
    public void received(String text) {
        arrived.add(text);
    }

    @Override
    public void disconnected(TransportException reason) {
        arrived.add(reason);
    }

    /** Waits for the next one. */
    public Object take(Duration limit) throws InterruptedException {
        Object next = arrived.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw new AssertionError("Nothing has come within " + limit);
        }
        return next;
    }
}
