package dev.bayeux.core.transport;

import dev.bayeux.api.Credentials;
import dev.bayeux.api.CredentialsSource;
import dev.bayeux.api.error.ConfigurationException;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps the credentials in force; however many threads find them refused, fresh ones are asked for once. */
public final class CredentialsHolder {

    private static final Credentials NONE = new Credentials(Map.of(), JsonValue.EMPTY_JSON_OBJECT);

    private final @Nullable CredentialsSource source;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Credentials current;
    private volatile boolean refused;

    /**
     * Over the program's source.
     *
     * @param source gives credentials, {@code null} if none are needed
     */
    public CredentialsHolder(@Nullable CredentialsSource source) {
        this.source = source;
        this.current = source == null ? NONE : null;
    }

    /** {@return whether there is somebody to ask} */
    public boolean canRenew() {
        return source != null;
    }

    /** {@return what is in force, nothing if it was never asked for} */
    Credentials now() {
        Credentials known = current;
        return known == null ? NONE : known;
    }

    /**
     * Asks if there are none, or those there were have been refused.
     *
     * @return what is in force
     * @throws InterruptedException if the thread is interrupted
     * @throws ConfigurationException if the source gives none
     */
    public Credentials get() throws InterruptedException, CredentialsUnavailableException {
        Credentials known = current;
        if (known != null) {
            return known;
        }
        asking.lockInterruptibly();
        try {
            known = current;
            if (known == null && source != null) {
                known = source.credentials(refused);
                current = known;
                refused = false;
            }
            return known == null ? NONE : known;
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception unavailable) {
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
        if (source != null && current == given) {
            refused = true;
            current = null;
        }
    }

    /** Says that the server has refused what is in force. */
    public void refuse() {
        refuse(now());
    }

    /** The program's source threw. */
    public static final class CredentialsUnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        CredentialsUnavailableException(Exception cause) {
            super(cause);
        }
    }
}
