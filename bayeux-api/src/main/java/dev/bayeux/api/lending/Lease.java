package dev.bayeux.api.lending;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client of one transport, from its first request until the transport is closed, or wants another, and the last
 * request has left it. Not before: an HTTP client that is shut down may not close a connection that is opened a moment
 * later. Safe for use by several threads.
 *
 * @param <C> the client
 */
public final class Lease<C> {

    private final Lender<C> lender;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stay stay;
    private boolean closed;

    /** Where the client comes from. */
    @FunctionalInterface
    interface Lender<C> {

        Loan<C> borrow() throws InterruptedException;
    }

    /** A client that somebody lends. */
    interface Loan<C> {

        C client();

        /**
         * Lends the client to nobody else: its connections may be dead. Those who have it may go on with it. Of many who
         * say so the first counts, so that they will share one again.
         */
        void retire();

        /** Says, once, that the client is not needed any more. */
        void giveBack();
    }

    /** What belongs to the program, which nobody here may stop or replace. */
    private record Own<C>(C client) implements Loan<C> {

        @Override
        public void retire() {
            // It serves the program's other purposes as before.
        }

        @Override
        public void giveBack() {
            // The program stops it.
        }
    }

    /** The use of one client by the requests that have entered. */
    public final class Stay {

        private final Loan<C> loan;
        private int requests;
        private boolean over;

        private Stay(Loan<C> loan) {
            this.loan = loan;
        }

        /**
         * {@return the client}
         */
        public C client() {
            return loan.client();
        }

        /** Says, once for each {@link Lease#enter}, that a request is over; on any thread. */
        public void leave() {
            lock.lock();
            try {
                requests--;
                giveBackIfUnused();
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            over = true;
            giveBackIfUnused();
        }

        private void giveBackIfUnused() {
            if (over && requests == 0) {
                loan.giveBack();
            }
        }
    }

    Lease(Lender<C> lender) {
        this.lender = lender;
    }

    /**
     * {@return the lease of a client that the program brings: it is never stopped here, and stays the same}
     *
     * @param own the client
     * @param <C> the client
     */
    public static <C> Lease<C> of(C own) {
        Own<C> loan = new Own<>(own);
        return new Lease<>(() -> loan);
    }

    /**
     * Begins a request.
     *
     * @return a client, until {@link Stay#leave}
     * @throws TransportException if the lease is closed, or no client could be made
     * @throws InterruptedException if the thread is interrupted; nothing has begun then
     */
    public Stay enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new TransportException(Problem.CLOSED, "The transport is closed.", null);
            }
            Stay now = stay;
            if (now == null) {
                now = new Stay(lender.borrow());
                stay = now;
            }
            now.requests++;
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Lets requests that begin from now on have a client with other connections; the program's own stays as it is. */
    public void renew() {
        lock.lock();
        try {
            if (stay != null) {
                stay.loan.retire();
            }
            endStay();
        } finally {
            lock.unlock();
        }
    }

    /** Lets no request begin any more. May be called twice. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            endStay();
        } finally {
            lock.unlock();
        }
    }

    private void endStay() {
        Stay last = stay;
        if (last != null) {
            stay = null;
            last.end();
        }
    }
}
