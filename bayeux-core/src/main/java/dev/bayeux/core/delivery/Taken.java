package dev.bayeux.core.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was taken out of a queue and is not handled yet, or does not count since something before it is not. Threads may
 * handle out of order; what comes out of this is in order. Keeps no more than a few entries for each that is open.
 */
final class Taken {

    private static final int MANY_THREADS = 64;

    /** One message, and whether it is handled. */
    private static final class Entry {
        private final Delivery delivery;
        private boolean done;

        Entry(Delivery delivery) {
            this.delivery = delivery;
        }
    }

    private final ReentrantLock lock;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Map<Thread, Delivery> held = new HashMap<>();

    Taken(ReentrantLock lock) {
        this.lock = lock;
    }

    /** Called while a delivery leaves the queue, so that no later one can be done before this one is known. */
    void leaving(Delivery delivery) {
        lock.lock();
        try {
            entries.put(delivery.number(), new Entry(delivery));
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread has a message, until it asks for another. */
    void hold(Delivery delivery) {
        lock.lock();
        try {
            if (held.size() >= MANY_THREADS) {
                // What a dead thread had stays open: it was not handled.
                held.keySet().removeIf(thread -> !thread.isAlive());
            }
            held.put(Thread.currentThread(), delivery);
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread asks for another; what it had, {@code null} if it had nothing. */
    @Nullable
    Delivery release() {
        lock.lock();
        try {
            return held.remove(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    /** Takes the news that one is handled; what has thereby been handled without a gap, in order. */
    List<Delivery> done(Delivery delivery) {
        List<Delivery> complete = new ArrayList<>(1);
        lock.lock();
        try {
            Entry entry = entries.get(delivery.number());
            if (entry == null || entry.done) {
                return complete;
            }
            entry.done = true;
            while (!entries.isEmpty() && entries.firstEntry().getValue().done) {
                complete.add(entries.pollFirstEntry().getValue().delivery);
            }
            if (entries.containsKey(delivery.number())) {
                thinOut(delivery);
            }
        } finally {
            lock.unlock();
        }
        return complete;
    }

    /** Of neighbours that are done only the last one of a channel is ever asked for. */
    private void thinOut(Delivery delivery) {
        Map.Entry<Long, Entry> before = entries.lowerEntry(delivery.number());
        if (before != null && isDone(before.getValue(), delivery.channel())) {
            entries.remove(before.getKey());
        }
        Map.Entry<Long, Entry> after = entries.higherEntry(delivery.number());
        if (after != null && isDone(after.getValue(), delivery.channel())) {
            entries.remove(delivery.number());
        }
    }

    private static boolean isDone(Entry entry, String channel) {
        return entry.done && entry.delivery.channel().equals(channel);
    }
}
