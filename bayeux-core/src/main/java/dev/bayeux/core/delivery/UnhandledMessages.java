package dev.bayeux.core.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that left a queue and do not count as handled yet: they are not handled, or an earlier one is not. Threads may
 * handle them out of order; {@link #done} returns them in order. Between two open messages, keeps only the last handled one
 * of each channel.
 */
final class UnhandledMessages {

    private static final int MANY_THREADS = 64;

    private final ReentrantLock lock;
    private final TreeMap<Long, Delivery> entries = new TreeMap<>();
    /** The numbers of the open messages. */
    private final TreeSet<Long> open = new TreeSet<>();
    /** The numbers of the handled messages, by channel. */
    private final Map<String, TreeSet<Long>> handled = new HashMap<>();
    private final Map<Thread, List<Delivery>> held = new HashMap<>();

    UnhandledMessages(ReentrantLock lock) {
        this.lock = lock;
    }

    /** Adds a message while it leaves the queue, so that no later one can be handled before this one is known. */
    void leaving(Delivery delivery) {
        lock.lock();
        try {
            entries.put(delivery.number(), delivery);
            open.add(delivery.number());
        } finally {
            lock.unlock();
        }
    }

    /** Assigns a message to the calling thread until that thread asks for another. */
    void hold(List<Delivery> deliveries) {
        lock.lock();
        try {
            if (held.size() >= MANY_THREADS) {
                // The message of a thread that ended stays open, since it was not handled.
                held.keySet().removeIf(thread -> !thread.isAlive());
            }
            held.put(Thread.currentThread(), deliveries);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the message of the calling thread, which is asking for another one. */
    List<Delivery> release() {
        lock.lock();
        try {
            List<Delivery> had = held.remove(Thread.currentThread());
            return had == null ? List.of() : had;
        } finally {
            lock.unlock();
        }
    }

    /** Marks a message as handled. Returns the messages that now count as handled, in order. */
    List<Delivery> done(Delivery delivery) {
        List<Delivery> complete = new ArrayList<>(1);
        lock.lock();
        try {
            if (!open.remove(delivery.number())) {
                return complete;
            }
            handled.computeIfAbsent(delivery.channel(), channel -> new TreeSet<>()).add(delivery.number());
            long firstOpen = open.isEmpty() ? Long.MAX_VALUE : open.first();
            while (!entries.isEmpty() && entries.firstKey() < firstOpen) {
                complete.add(remove(entries.firstKey()));
            }
            if (entries.containsKey(delivery.number())) {
                compact(delivery.number());
            }
        } finally {
            lock.unlock();
        }
        return complete;
    }

    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    private Delivery remove(Long number) {
        Delivery delivery = entries.remove(number);
        TreeSet<Long> ofChannel = Objects.requireNonNull(handled.get(delivery.channel()));
        ofChannel.remove(number);
        if (ofChannel.isEmpty()) {
            handled.remove(delivery.channel());
        }
        return delivery;
    }

    /**
     * Merges the handled messages before and after this one, keeping the last of each channel before the next open one.
     */
    private void compact(long number) {
        Long next = open.higher(number);
        for (Delivery later : List.copyOf(
                entries.subMap(number, true, next == null ? Long.MAX_VALUE : next, false).values())) {
            Long earlier = Objects.requireNonNull(handled.get(later.channel())).lower(later.number());
            if (earlier != null && isHandledBetween(earlier, later.number())) {
                remove(earlier);
            }
        }
    }

    private boolean isHandledBetween(long earlier, long later) {
        Long next = open.higher(earlier);
        return next == null || next > later;
    }
}
