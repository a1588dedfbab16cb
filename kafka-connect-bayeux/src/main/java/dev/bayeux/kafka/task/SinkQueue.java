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
 * The records that are not settled yet: waiting for their turn, or in the client's outbox. Keeps the order of each
 * partition and channel, and knows for each partition the first record that is not settled.
 */
final class SinkQueue {

    private static final Logger LOG = LoggerFactory.getLogger(SinkQueue.class);

    /** Puts a message into the outbox. */
    interface Publisher {

        CompletableFuture<?> publish(String channel, Object data);
    }

    /** A message that the server has refused, or that cannot be sent. */
    record Refused(SinkMessage message, Throwable cause) {}

    private record Lane(TopicPartition partition, String channel) {}

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
    private final Map<Lane, Waiting> lanes = new LinkedHashMap<>();
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
                    lanes.computeIfAbsent(new Lane(message.partition, message.channel), lane -> new Waiting()).messages
                            .add(message);
                    waiting++;
                }
            }
            pump();
        } finally {
            lock.unlock();
        }
    }

    /** Publishes what waits, as far as the limits allow. Holds the lock. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            boolean more = true;
            while (more && published < most && failure == null) {
                more = false;
                for (Map.Entry<Lane, Waiting> lane : List.copyOf(lanes.entrySet())) {
                    more |= publishNext(lane.getValue());
                    if (lane.getValue().messages.isEmpty() && lane.getValue().inFlight == 0) {
                        lanes.remove(lane.getKey());
                    }
                }
            }
        } finally {
            pumping = false;
        }
    }

    /** Publishes messages of a lane while there is room; whether one was published. */
    private boolean publishNext(Waiting lane) {
        boolean any = false;
        while (!lane.messages.isEmpty() && lane.inFlight < mostInFlight && published < most && failure == null) {
            SinkMessage message = lane.messages.removeFirst();
            waiting--;
            CompletableFuture<?> future;
            try {
                future = publisher.publish(message.channel, message.data);
            } catch (PublishException full) {
                lane.messages.addFirst(message);
                waiting++;
                return false;
            } catch (IllegalArgumentException | BayeuxException unsuitable) {
                refused.add(new Refused(message, unsuitable));
                continue;
            }
            lane.inFlight++;
            published++;
            message.publish = future;
            future.whenComplete((nothing, cause) -> ended(lane, message, cause));
            any = true;
        }
        return any;
    }

    /** A publish has ended, in one way or another. */
    private void ended(Waiting lane, SinkMessage message, @Nullable Throwable cause) {
        lock.lock();
        try {
            lane.inFlight--;
            published--;
            message.publish = null;
            if (cause == null) {
                accepted++;
                message.settled = true;
            } else {
                failed(lane, message, cause instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : cause);
            }
            pump();
        } finally {
            lock.unlock();
        }
    }

    private void failed(Waiting lane, SinkMessage message, Throwable cause) {
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
                    default -> once(lane, message);
                }
            }
            default -> once(lane, message);
        }
    }

    /** It is published once more, before those that follow it. */
    private void once(Waiting lane, SinkMessage message) {
        if (unsettled.containsKey(message.partition)) {
            lane.messages.addFirst(message);
            waiting++;
            lanes.putIfAbsent(new Lane(message.partition, message.channel), lane);
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

    /** Says that nothing more is to be done about a message. */
    void settle(SinkMessage message) {
        lock.lock();
        try {
            message.settled = true;
        } finally {
            lock.unlock();
        }
    }

    /** The first offset of a partition that is not settled, empty if all are. */
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

    /** Gives up what belongs to partitions that another task has now. What has left already may still arrive. */
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
            lanes.forEach((lane, held) -> {
                if (partitions.contains(lane.partition())) {
                    waiting -= held.messages.size();
                    held.messages.clear();
                }
            });
            refused.removeIf(each -> partitions.contains(each.message().partition));
        } finally {
            lock.unlock();
        }
        // Backwards, so that none is sent in the place of one that is taken back.
        for (int n = unsent.size() - 1; n >= 0; n--) {
            unsent.get(n).cancel(false);
        }
    }

    /** What makes the task fail. */
    @Nullable
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** How many messages wait or are in the outbox. */
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
