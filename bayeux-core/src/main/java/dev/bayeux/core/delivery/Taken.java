package dev.bayeux.core.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that were taken out of a queue and are not handled yet, or do not count since an earlier one is not
 * handled. Threads may handle them out of order; {@link #done} returns them in order. Between two messages that are not
 * handled, only the last handled one of each channel is kept.
 */
final class Taken {

    private static final int MANY_THREADS = 64;

    private final ReentrantLock lock;
    private final TreeMap<Long, Delivery> entries = new TreeMap<>();
    /** The numbers of those that are not handled. */
    private final TreeSet<Long> open = new TreeSet<>();
    /** The numbers of those that are handled, by channel. */
    private final Map<String, TreeSet<Long>> handled = new HashMap<>();
    private final Map<Thread, List<Delivery>> held = new HashMap<>();

    Taken(ReentrantLock lock) {
        this.lock = lock;
    }

    /** Called while a delivery leaves the queue, so that no later one can be done before this one is known. */
    void leaving(Delivery delivery) {
        lock.lock();
        try {
            entries.put(delivery.number(), delivery);
            open.add(delivery.number());
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread has a message, until it asks for another. */
    void hold(List<Delivery> deliveries) {
        lock.lock();
        try {
            if (held.size() >= MANY_THREADS) {
                // What a dead thread had stays open: it was not handled.
                held.keySet().removeIf(thread -> !thread.isAlive());
            }
            held.put(Thread.currentThread(), deliveries);
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread asks for another; what it had. */
    List<Delivery> release() {
        lock.lock();
        try {
            List<Delivery> had = held.remove(Thread.currentThread());
            return had == null ? List.of() : had;
        } finally {
            lock.unlock();
        }
    }

    /** Marks one as handled; returns those that are thereby handled without a gap, in order. */
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
                thinOut(delivery.number());
            }
        } finally {
            lock.unlock();
        }
        return complete;
    }

    /** {@return how many messages are kept} */
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
        TreeSet<Long> ofChannel = handled.get(delivery.channel());
        ofChannel.remove(number);
        if (ofChannel.isEmpty()) {
            handled.remove(delivery.channel());
        }
        return delivery;
    }

    /**
     * The neighbours of this one are no longer apart. Of those before the next open one, each may be the successor of one
     * on its channel that is before this one.
     */
    private void thinOut(long number) {
        Long next = open.higher(number);
        for (Delivery later : List.copyOf(
                entries.subMap(number, true, next == null ? Long.MAX_VALUE : next, false).values())) {
            Long earlier = handled.get(later.channel()).lower(later.number());
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
