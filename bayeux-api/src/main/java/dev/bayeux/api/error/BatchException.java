package dev.bayeux.api.error;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Reports that the server did not accept some messages of an explicit batch. It accepted the others. */
public final class BatchException extends BayeuxException {

    private static final long serialVersionUID = 1L;

    /** By position. */
    @SuppressWarnings("serial") // a TreeMap of serializable values behind an unmodifiable view
    private final Map<Integer, PublishException> failures;

    /**
     * Makes the exception; called by the engine.
     *
     * @param message what happened
     * @param failures the failed messages by position in the batch, counted from 0; not empty
     */
    public BatchException(String message, Map<Integer, PublishException> failures) {
        super(failures.values().iterator().next().kind(), message, failures.values().iterator().next());
        this.failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    }

    /**
     * {@return the messages that failed, by their position in the batch counted from 0, lowest first}
     */
    public Map<Integer, PublishException> failures() {
        return failures;
    }
}
