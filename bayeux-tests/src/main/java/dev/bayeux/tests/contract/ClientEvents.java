package dev.bayeux.tests.contract;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** All events of a client, and those that no test has taken yet. */
final class ClientEvents implements Consumer<ClientEvent> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<ClientEvent> all = new ArrayList<>();
    private final List<ClientEvent> untaken = new ArrayList<>();
    private final Duration patience;

    ClientEvents(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void accept(ClientEvent event) {
        lock.lock();
        try {
            all.add(event);
            untaken.add(event);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next event of a kind that was not taken yet. */
    <E extends ClientEvent> E take(Class<E> kind) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (true) {
                for (ClientEvent event : untaken) {
                    if (kind.isInstance(event)) {
                        untaken.remove(event);
                        return kind.cast(event);
                    }
                }
                if (left <= 0) {
                    throw new AssertionError(
                            "No %s within %s, but %s and the statuses %s".formatted(kind.getSimpleName(),
                                    patience, all.stream().map(event -> event.getClass().getSimpleName()).toList(),
                                    statuses()));
                }
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a change to a status that was not taken yet. */
    ClientEvent.StateChanged takeChangeTo(ConnectionStatus status) throws InterruptedException {
        ClientEvent.StateChanged changed = take(ClientEvent.StateChanged.class);
        while (changed.now().status() != status) {
            changed = take(ClientEvent.StateChanged.class);
        }
        return changed;
    }

    /** All events of a kind so far. */
    <E extends ClientEvent> List<E> all(Class<E> kind) {
        lock.lock();
        try {
            return all.stream().filter(kind::isInstance).map(kind::cast).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The statuses entered so far, each change of status once. */
    List<ConnectionStatus> statuses() {
        return all(ClientEvent.StateChanged.class).stream()
                .filter(change -> change.before().status() != change.now().status())
                .map(change -> change.now().status()).toList();
    }
}
