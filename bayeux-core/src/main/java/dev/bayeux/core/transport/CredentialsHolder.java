package dev.bayeux.core.transport;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps the credentials in force; however many threads find them refused, fresh ones are asked for once. */
public final class CredentialsHolder {

    private static final Credentials NONE = new Credentials(Map.of(), JsonValue.EMPTY_JSON_OBJECT);

    private final @Nullable CredentialsSource source;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicReference<Held> held;

    /** What is in force, or {@code null} and whether that is so because it was refused. */
    private record Held(@Nullable Credentials credentials, boolean refused) {}

    /**
     * Over the program's source.
     *
     * @param source gives credentials, {@code null} if none are needed
     */
    public CredentialsHolder(@Nullable CredentialsSource source) {
        this.source = source;
        this.held = new AtomicReference<>(new Held(source == null ? NONE : null, false));
    }

    /** {@return whether there is somebody to ask} */
    public boolean canRenew() {
        return source != null;
    }

    /** {@return what is in force, nothing if it was never asked for} */
    Credentials now() {
        Credentials known = held.get().credentials();
        return known == null ? NONE : known;
    }

    /**
     * Asks if there are none, or those there were have been refused.
     *
     * @return what is in force
     * @throws InterruptedException if the thread is interrupted
     * @throws CredentialsUnavailableException if the source gives none; it is asked again the next time
     */
    public Credentials get() throws InterruptedException, CredentialsUnavailableException {
        Credentials known = held.get().credentials();
        if (known != null || source == null) {
            return known == null ? NONE : known;
        }
        asking.lockInterruptibly();
        try {
            Held found = held.get();
            if (found.credentials() != null) {
                return found.credentials();
            }
            Credentials fresh = Objects.requireNonNull(source.credentials(found.refused()), "the source gave null");
            held.set(new Held(fresh, false));
            return fresh;
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception | LinkageError | StackOverflowError unavailable) {
            throw new CredentialsUnavailableException(unavailable);
        } finally {
            asking.unlock();
        }
    }

    /**
     * Says that the server has refused what was given.
     *
     * @param given what was used; if others are in force already, nothing happens
     */
    void refuse(Credentials given) {
        Held found = held.get();
        if (source != null && found.credentials() == given) {
            // In one step: of two threads that say so, the slower must not take away what was fetched since.
            held.compareAndSet(found, new Held(null, true));
        }
    }

    /** Says that the server has refused what is in force. */
    public void refuse() {
        refuse(now());
    }

    /** The program's source threw. */
    public static final class CredentialsUnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        CredentialsUnavailableException(Throwable cause) {
            super(cause);
        }
    }
}
