package dev.bayeux.kafka.drill;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** Counts the numbers that have arrived on each channel. Safe for use by several threads. */
final class Tally {

    private final java.util.concurrent.locks.ReentrantLock lock = new java.util.concurrent.locks.ReentrantLock();
    private final Map<String, BitSet> seen = new TreeMap<>();
    private long arrived;
    private long doubled;
    private long late;

    /** Counts a number that has arrived. */
    void add(String channel, int number) {
        lock.lock();
        try {
            BitSet numbers = seen.computeIfAbsent(channel, key -> new BitSet());
            arrived++;
            if (numbers.get(number)) {
                doubled++;
            } else if (number < numbers.length() - 1) {
                late++;
            }
            numbers.set(number);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many of the first {@code count} numbers of all channels have not arrived. */
    long missing(Iterable<String> channels, int count) {
        lock.lock();
        try {
            long missing = 0;
            for (String channel : channels) {
                missing += count - seen.getOrDefault(channel, new BitSet()).get(0, count).cardinality();
            }
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the first missing numbers of a channel, 20 at most. */
    String missingOf(String channel, int count) {
        lock.lock();
        try {
            StringBuilder text = new StringBuilder();
            BitSet numbers = seen.getOrDefault(channel, new BitSet());
            int shown = 0;
            for (int n = numbers.nextClearBit(0); n < count && shown < 20; n = numbers.nextClearBit(n + 1)) {
                text.append(' ').append(n);
                shown++;
            }
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    long arrived() {
        lock.lock();
        try {
            return arrived;
        } finally {
            lock.unlock();
        }
    }

    long doubled() {
        lock.lock();
        try {
            return doubled;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many numbers arrived for the first time after a higher number of the same channel. */
    long late() {
        lock.lock();
        try {
            return late;
        } finally {
            lock.unlock();
        }
    }
}
