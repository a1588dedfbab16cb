package dev.bayeux.http.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Shares one HTTP client, and with it the client's threads, among all transports with the same settings. The first
 * transport that sends a request has the client made; the last that closes has it stopped. Safe for use by several
 * threads.
 *
 * @param <S> the settings of a client, compared with {@code equals}
 * @param <C> the client
 */
public final class SharedClients<S, C> {

    private final Maker<S, C> maker;
    private final ToIntFunction<S> mostUsers;
    private final Consumer<C> stopper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<S, List<Entry>> open = new HashMap<>();

    /**
     * Makes clients.
     *
     * @param <S> the settings of a client
     * @param <C> the client
     */
    @FunctionalInterface
    public interface Maker<S, C> {

        /**
         * Makes a client. Other transports that need one wait meanwhile.
         *
         * @param settings its settings
         * @return a client, ready for use
         * @throws InterruptedException if the thread is interrupted; nothing is left of the client
         */
        C make(S settings) throws InterruptedException;
    }

    /** A client, and the number of handles that use it. */
    private final class Entry implements ClientHandle.Shared<C> {

        private final S settings;
        private final C client;
        private int users = 1;
        private boolean retired;

        private Entry(S settings, C client) {
            this.settings = settings;
            this.client = client;
        }

        @Override
        public C client() {
            return client;
        }

        private boolean isFree() {
            return !retired && users < mostUsers.applyAsInt(settings);
        }

        @Override
        public void retire() {
            lock.lock();
            try {
                retired = true;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void release() {
            lock.lock();
            try {
                users--;
                if (users == 0) {
                    open.computeIfPresent(settings, (same, all) -> all.remove(this) && all.isEmpty() ? null : all);
                    stopper.accept(client);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Makes no client yet.
     *
     * @param maker makes a client
     * @param mostUsers how many transports may share one client, at least 1; further transports get another client
     * @param stopper stops a client that no transport uses; must not wait
     */
    public SharedClients(Maker<S, C> maker, ToIntFunction<S> mostUsers, Consumer<C> stopper) {
        this.maker = maker;
        this.mostUsers = mostUsers;
        this.stopper = stopper;
    }

    /**
     * {@return a handle for one transport; it gets a client with its first request}
     *
     * @param settings of the client
     */
    public ClientHandle<C> handle(S settings) {
        return new ClientHandle<>(() -> acquire(settings));
    }

    private ClientHandle.Shared<C> acquire(S settings) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (Entry entry : open.getOrDefault(settings, List.of())) {
                if (entry.isFree()) {
                    entry.users++;
                    return entry;
                }
            }
            Entry fresh = new Entry(settings, maker.make(settings));
            open.computeIfAbsent(settings, first -> new ArrayList<>()).add(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }
}
