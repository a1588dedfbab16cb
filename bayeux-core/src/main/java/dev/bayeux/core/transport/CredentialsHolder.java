package dev.bayeux.core.transport;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.core.runtime.ClientLog;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the credentials in force, and asks the source for new ones when they are refused or about to expire. Threads that
 * need them at the same time share one call of the source.
 */
public final class CredentialsHolder {

    private static final Credentials NONE = Credentials.NONE;

    /** The longest time before their expiry at which credentials are renewed; otherwise the last tenth of their lifetime. */
    private static final Duration BEFORE_THE_END = Duration.ofSeconds(30);
    private static final int TENTH = 10;

    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(1);

    private final ClientRuntime runtime;
    private final @Nullable CredentialsSource source;
    private final ReentrantLock asking;
    private final AtomicReference<Held> held;
    private volatile @Nullable Long lastRenewalNs;

    /**
     * The last credentials, {@code null} if there are none; the time until which they need no renewal, {@code null} for ever;
     * and whether the server has refused them.
     */
    private record Held(@Nullable Credentials credentials, @Nullable Instant goodUntil, boolean refused) {

        static Held of(Credentials credentials, Instant now) {
            Instant end = credentials.expiresAt().orElse(null);
            if (end == null || !end.isAfter(now)) {
                // Credentials may have expired by the local clock only, so the server decides, without a call for each request.
                return new Held(credentials, null, false);
            }
            Duration tenth = Duration.between(now, end).dividedBy(TENTH);
            return new Held(credentials, end.minus(tenth.compareTo(BEFORE_THE_END) < 0 ? tenth : BEFORE_THE_END),
                    false);
        }

        /** Keeps the credentials for half of their remaining time. */
        Held stretched(Credentials credentials, Instant now) {
            Instant end = credentials.expiresAt().orElse(null);
            return new Held(credentials, end == null || end.isBefore(now)
                    ? null
                    : now.plus(Duration.between(now, end).dividedBy(2)), false);
        }

        boolean isGood(Instant now) {
            return credentials != null && !refused && (goodUntil == null || now.isBefore(goodUntil));
        }
    }

    /** Asks the program's source, {@code null} if no credentials are needed. */
    public CredentialsHolder(ClientRuntime runtime, @Nullable CredentialsSource source) {
        this.runtime = runtime;
        this.asking = runtime.newLock();
        this.source = source;
        this.held = new AtomicReference<>(new Held(source == null ? NONE : null, null, false));
    }

    public boolean canRenew() {
        return source != null;
    }

    /**
     * {@return the last credentials, or empty ones if the source was never asked} Includes credentials that were refused
     * meanwhile: the server rejects them, and the request is retried with new ones. A server could treat a request without
     * credentials as that of another user, and refuse it permanently.
     */
    Credentials now() {
        Credentials known = held.get().credentials();
        return known == null ? NONE : known;
    }

    /**
     * Returns the credentials in force; asks the source if there are none, or if they were refused or are about to expire.
     * Throws if there are none and the source supplies none; the next call asks the source again.
     */
    public Credentials get() throws InterruptedException, CredentialsUnavailableException {
        Held known = held.get();
        Credentials given = known.credentials();
        if (given != null && (source == null || known.isGood(runtime.now()))) {
            return given;
        }
        asking.lockInterruptibly();
        try {
            Held found = held.get();
            Credentials old = found.credentials();
            if (old != null && found.isGood(runtime.now())) {
                return old;
            }
            return old == null || found.refused() ? ask(found) : renew(found, old);
        } finally {
            asking.unlock();
        }
    }

    private Credentials renew(Held found, Credentials old) throws InterruptedException {
        try {
            return ask(found);
        } catch (CredentialsUnavailableException unavailable) {
            ClientLog.warn(
                    "Credentials that are about to expire could not be renewed: " + unavailable.getCause(), null);
            // A failed renewal is not repeated at each request: the server refuses credentials that have really expired.
            held.compareAndSet(found, found.stretched(old, runtime.now()));
            return old;
        }
    }

    private Credentials ask(Held found) throws InterruptedException, CredentialsUnavailableException {
        if (found.refused()) {
            lastRenewalNs = runtime.nanoTime();
        }
        try {
            Credentials fresh = Objects.requireNonNull(
                    Objects.requireNonNull(source).credentials(found.refused()), "the source gave null");
            held.set(Held.of(fresh, runtime.now()));
            return fresh;
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Throwable unavailable) {
            throw new CredentialsUnavailableException(unavailable);
        }
    }

    /**
     * Returns the credentials for a request; none if no handshake has asked for any, since not all servers require them with
     * a request. After a refusal the caller waits for the source, as a request with the old ones would be refused.
     */
    Credentials forRequest() throws InterruptedException, CredentialsUnavailableException {
        return held.get().credentials() == null ? NONE : get();
    }

    /**
     * Records that the server has refused these credentials; does nothing if others are in force already. The source is asked
     * for new ones at most once in a second, however many requests are refused. Returns whether there are others, or the
     * source can be asked for them now.
     */
    boolean refuse(Credentials given) {
        Held found = held.get();
        boolean inForce = found.credentials() == given && !found.refused();
        Long lastNs = lastRenewalNs;
        if (source == null || inForce && lastNs != null && runtime.nanoTime() - lastNs < BETWEEN_RENEWALS.toNanos()) {
            return false;
        }
        refuseIfInForce(found, given);
        return true;
    }

    private void refuseIfInForce(Held found, Credentials given) {
        if (source != null && found.credentials() == given && !found.refused()) {
            // Atomic: the slower of two threads must not discard the credentials fetched meanwhile.
            held.compareAndSet(found, new Held(given, null, true));
        }
    }

    public void refuse() {
        refuseIfInForce(held.get(), now());
    }

    /** Thrown when the program's source fails. */
    public static final class CredentialsUnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        CredentialsUnavailableException(Throwable cause) {
            super(cause);
        }
    }
}
