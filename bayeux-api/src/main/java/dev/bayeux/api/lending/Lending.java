package dev.bayeux.api.lending;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Shares one client, and with it its threads, among all transports with the same settings, however many there are. A
 * client is made for the first that needs it, and stopped when the last has given it back. Safe for use by several
 * threads.
 *
 * @param <S> the settings of a client; who has equal ones shares one
 * @param <C> the client
 */
public final class Lending<S, C> {

    private final Maker<S, C> maker;
    private final ToIntFunction<S> mostUsers;
    private final Consumer<C> stopper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<S, List<Lent>> open = new HashMap<>();

    /**
     * Makes clients.
     *
     * @param <S> the settings of a client
     * @param <C> the client
     */
    @FunctionalInterface
    public interface Maker<S, C> {

        /**
         * Makes a client. Others who want one wait meanwhile.
         *
         * @param settings its settings
         * @return a client, ready for use
         * @throws InterruptedException if the thread is interrupted; nothing is left of the client
         */
        C make(S settings) throws InterruptedException;
    }

    /** A client and how many leases have it. */
    private final class Lent implements Lease.Loan<C> {

        private final S settings;
        private final C client;
        private int users = 1;
        private boolean retired;

        private Lent(S settings, C client) {
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
        public void giveBack() {
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
     * Lends nothing yet.
     *
     * @param maker makes a client
     * @param mostUsers how many transports may have one client at once, at least 1; more get another one
     * @param stopper stops a client that nobody has any more; does not wait
     */
    public Lending(Maker<S, C> maker, ToIntFunction<S> mostUsers, Consumer<C> stopper) {
        this.maker = maker;
        this.mostUsers = mostUsers;
        this.stopper = stopper;
    }

    /**
     * {@return the lease of one transport, which has a client from its first request on}
     *
     * @param settings of the client
     */
    public Lease<C> to(S settings) {
        return new Lease<>(() -> borrow(settings));
    }

    private Lease.Loan<C> borrow(S settings) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (Lent lent : open.getOrDefault(settings, List.of())) {
                if (lent.isFree()) {
                    lent.users++;
                    return lent;
                }
            }
            Lent fresh = new Lent(settings, maker.make(settings));
            open.computeIfAbsent(settings, first -> new ArrayList<>()).add(fresh);
            return fresh;
        } finally {
            lock.unlock();
        }
    }
}
