package dev.bayeux.kafka.task;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.kafka.config.SinkConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that are not settled: a record is settled once the server has accepted it, or it was reported or skipped.
 * Until then it waits here or in the client's outbox. Keeps the order of each partition and channel, and knows for each
 * partition the first record that is not settled.
 */
final class SinkQueue {

    private static final Logger LOG = LoggerFactory.getLogger(SinkQueue.class);

    /** Puts a message into the outbox. */
    interface Publisher {

        CompletableFuture<?> publish(String channel, Object data);
    }

    /** A message that the server has refused, or that cannot be sent. */
    record Refused(SinkMessage message, Throwable cause) {}

    /** A partition and a channel, whose messages keep their order. */
    private record Route(TopicPartition partition, String channel) {}

    /** The messages of one partition and channel. */
    private static final class Waiting {

        final Deque<SinkMessage> messages = new ArrayDeque<>();
        int inFlight;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Publisher publisher;
    private final int most;
    private final int mostInFlight;
    private final String onUnknown;
    private final Map<Route, Waiting> routes = new LinkedHashMap<>();
    private final Map<TopicPartition, Deque<SinkMessage>> unsettled = new HashMap<>();
    private final Deque<Refused> refused = new ArrayDeque<>();
    private int waiting;
    private int published;
    private boolean pumping;
    private long accepted;
    private long unknown;
    private @Nullable Throwable failure;

    SinkQueue(SinkConfig config, Publisher publisher) {
        this.publisher = publisher;
        this.most = config.getInt(SinkConfig.OUTBOX);
        this.mostInFlight = config.getInt(SinkConfig.IN_FLIGHT);
        this.onUnknown = config.getString(SinkConfig.ON_UNKNOWN);
    }

    /** Adds messages, in order, and publishes what there is room for. */
    void add(List<SinkMessage> messages) {
        lock.lock();
        try {
            for (SinkMessage message : messages) {
                unsettled.computeIfAbsent(message.partition, partition -> new ArrayDeque<>()).add(message);
                if (!message.settled) {
                    routes.computeIfAbsent(new Route(message.partition, message.channel),
                            route -> new Waiting()).messages
                            .add(message);
                    waiting++;
                }
            }
            pump();
        } finally {
            lock.unlock();
        }
    }

    /** Publishes waiting messages as far as the limits allow. The caller holds the lock. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            boolean more = true;
            while (more && published < most && failure == null) {
                more = false;
                for (Map.Entry<Route, Waiting> route : List.copyOf(routes.entrySet())) {
                    more |= publishNext(route.getValue());
                    if (route.getValue().messages.isEmpty() && route.getValue().inFlight == 0) {
                        routes.remove(route.getKey());
                    }
                }
            }
        } finally {
            pumping = false;
        }
    }

    /**
     * Publishes waiting messages of one partition and channel while there is room; returns whether it has published
     * any.
     */
    private boolean publishNext(Waiting route) {
        boolean any = false;
        while (!route.messages.isEmpty() && route.inFlight < mostInFlight && published < most && failure == null) {
            SinkMessage message = route.messages.removeFirst();
            waiting--;
            CompletableFuture<?> future;
            try {
                future = publisher.publish(message.channel, message.data);
            } catch (PublishException full) {
                route.messages.addFirst(message);
                waiting++;
                return false;
            } catch (IllegalArgumentException | BayeuxException unsuitable) {
                refused.add(new Refused(message, unsuitable));
                continue;
            }
            route.inFlight++;
            published++;
            message.publish = future;
            future.whenComplete((nothing, cause) -> ended(route, message, cause));
            any = true;
        }
        return any;
    }

    /** Handles the end of a publish. */
    private void ended(Waiting route, SinkMessage message, @Nullable Throwable cause) {
        lock.lock();
        try {
            route.inFlight--;
            published--;
            message.publish = null;
            if (cause == null) {
                accepted++;
                message.settled = true;
            } else {
                failed(route, message, cause instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : cause);
            }
            pump();
        } finally {
            lock.unlock();
        }
    }

    private void failed(Waiting route, SinkMessage message, Throwable cause) {
        if (cause instanceof CancellationException) {
            return;
        }
        Outcome outcome = cause instanceof PublishException known ? known.outcome() : Outcome.REFUSED;
        if (outcome == Outcome.UNKNOWN) {
            unknown++;
        }
        switch (outcome) {
            case REFUSED -> refused.add(new Refused(message, cause));
            case UNKNOWN -> {
                switch (onUnknown) {
                    case SinkConfig.SKIP -> {
                        LOG.warn("It is unknown whether the record at offset {} of {} has arrived; it is skipped: {}",
                                message.offset, message.partition, cause.getMessage());
                        message.settled = true;
                    }
                    case SinkConfig.FAIL -> failure = failure == null ? cause : failure;
                    default -> putBack(route, message);
                }
            }
            default -> putBack(route, message);
        }
    }

    /** Puts a message back, so that it is published again before the messages after it. */
    private void putBack(Waiting route, SinkMessage message) {
        if (unsettled.containsKey(message.partition)) {
            route.messages.addFirst(message);
            waiting++;
            routes.putIfAbsent(new Route(message.partition, message.channel), route);
        }
    }

    /** Takes the refused messages. They stay unsettled until {@link #settle} is called. */
    List<Refused> takeRefused() {
        lock.lock();
        try {
            List<Refused> taken = new ArrayList<>(refused);
            refused.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Marks a message as settled. */
    void settle(SinkMessage message) {
        lock.lock();
        try {
            message.settled = true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the offset of the first message of a partition that is not settled; empty if all are settled. */
    OptionalLong firstUnsettled(TopicPartition partition) {
        lock.lock();
        try {
            Deque<SinkMessage> messages = unsettled.get(partition);
            while (messages != null && !messages.isEmpty() && messages.getFirst().settled) {
                messages.removeFirst();
            }
            return messages == null || messages.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(messages.getFirst().offset);
        } finally {
            lock.unlock();
        }
    }

    /** Abandons the messages of partitions that now belong to another task. Messages in flight may still arrive. */
    void forget(Collection<TopicPartition> partitions) {
        List<CompletableFuture<?>> unsent = new ArrayList<>();
        lock.lock();
        try {
            for (TopicPartition partition : partitions) {
                Deque<SinkMessage> messages = unsettled.remove(partition);
                if (messages != null) {
                    messages.stream().map(message -> message.publish).filter(java.util.Objects::nonNull)
                            .forEach(unsent::add);
                }
            }
            routes.forEach((route, held) -> {
                if (partitions.contains(route.partition())) {
                    waiting -= held.messages.size();
                    held.messages.clear();
                }
            });
            refused.removeIf(each -> partitions.contains(each.message().partition));
        } finally {
            lock.unlock();
        }
        // In reverse order, so that no later message is sent in the place of a cancelled one.
        for (int n = unsent.size() - 1; n >= 0; n--) {
            unsent.get(n).cancel(false);
        }
    }

    /** Returns the failure of the task, {@code null} if there is none. */
    @Nullable
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of messages that wait here or in the outbox. */
    int size() {
        lock.lock();
        try {
            return waiting + published;
        } finally {
            lock.unlock();
        }
    }

    long accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    long unknown() {
        lock.lock();
        try {
            return unknown;
        } finally {
            lock.unlock();
        }
    }
}
