package dev.bayeux.core.transport;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.core.runtime.ClientRuntime;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the credentials in force, and asks for others when they are refused or about to expire; however many threads need
 * them, once.
 */
public final class CredentialsHolder {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private static final Credentials NONE = new Credentials(Map.of(), JsonValue.EMPTY_JSON_OBJECT);

    /** So long before their end credentials are replaced, if they have lasted for ten times as long at least. */
    private static final Duration BEFORE_THE_END = Duration.ofSeconds(30);
    private static final int TENTH = 10;

    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(1);

    private final ClientRuntime runtime;
    private final @Nullable CredentialsSource source;
    private final ReentrantLock asking;
    private final AtomicReference<Held> held;
    private volatile @Nullable Long lastRenewalNs;

    /**
     * What was given last, {@code null} if nothing was, until when it is good without asking, {@code null} for ever, and
     * whether the server has refused it.
     */
    private record Held(@Nullable Credentials credentials, @Nullable Instant goodUntil, boolean refused) {

        static Held of(Credentials credentials, Instant now) {
            Instant end = credentials.expiresAt();
            if (end == null || !end.isAfter(now)) {
                // What is over already may be so by our clock only: the server decides, and not one more call each time.
                return new Held(credentials, null, false);
            }
            Duration tenth = Duration.between(now, end).dividedBy(TENTH);
            return new Held(credentials, end.minus(tenth.compareTo(BEFORE_THE_END) < 0 ? tenth : BEFORE_THE_END),
                    false);
        }

        /** Goes on being used for half of the time that is left. */
        Held stretched(Credentials credentials, Instant now) {
            Instant end = credentials.expiresAt();
            return new Held(credentials, end == null || end.isBefore(now)
                    ? null
                    : now.plus(Duration.between(now, end).dividedBy(2)), false);
        }

        boolean isGood(Instant now) {
            return credentials != null && !refused && (goodUntil == null || now.isBefore(goodUntil));
        }
    }

    /**
     * Over the program's source.
     *
     * @param runtime knows the time
     * @param source gives credentials, {@code null} if none are needed
     */
    public CredentialsHolder(ClientRuntime runtime, @Nullable CredentialsSource source) {
        this.runtime = runtime;
        this.asking = runtime.newLock();
        this.source = source;
        this.held = new AtomicReference<>(new Held(source == null ? NONE : null, null, false));
    }

    /** {@return whether there is somebody to ask} */
    public boolean canRenew() {
        return source != null;
    }

    /**
     * {@return what was given last, nothing if it was never asked for} Also if it was refused meanwhile: a request that is
     * just leaving is then refused for who we are, and goes on with others. Without any it could be taken for that of
     * somebody else, and be refused for what it wants.
     */
    Credentials now() {
        Credentials known = held.get().credentials();
        return known == null ? NONE : known;
    }

    /**
     * Asks if there are none, or those there were have been refused or are about to expire.
     *
     * @return what is in force
     * @throws InterruptedException if the thread is interrupted
     * @throws CredentialsUnavailableException if there are none and the source gives none; it is asked again the next time
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
            LOG.log(System.Logger.Level.WARNING, "Credentials that are about to expire could not be renewed: {0}",
                    String.valueOf(unavailable.getCause()));
            // Not at each request: the server says when they are really over.
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
     * The same before a request, but nothing if it was never asked for: not all servers want credentials with a request.
     * Who comes after a refusal waits for the source, as the request would be refused with the old ones or without any.
     *
     * @return what is in force
     * @throws InterruptedException if the thread is interrupted
     * @throws CredentialsUnavailableException if they were refused and the source gives no others
     */
    Credentials forRequest() throws InterruptedException, CredentialsUnavailableException {
        return held.get().credentials() == null ? NONE : get();
    }

    /**
     * Says that the server has refused what was given. However many requests are refused, the source is not asked for
     * fresh credentials more than once in a second.
     *
     * @param given what was used; if others are in force already, nothing happens
     * @return whether there are others, or the source can be asked for them now
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
            // In one step: of two threads that say so, the slower must not take away what was fetched since.
            held.compareAndSet(found, new Held(given, null, true));
        }
    }

    /** Says that the server has refused what is in force. */
    public void refuse() {
        refuseIfInForce(held.get(), now());
    }

    /** The program's source threw. */
    public static final class CredentialsUnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        CredentialsUnavailableException(Throwable cause) {
            super(cause);
        }
    }
}
