package dev.bayeux.core;

import dev.bayeux.core.message.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The requests that restore subscriptions and are not answered yet. Once one of them is lost the whole has failed, and
 * nothing that becomes of the others counts: all are sent again. Guarded by the session's lock.
 */
final class Restoration {

    private final Set<Request> unanswered = new HashSet<>();
    private long serial;
    private boolean failed;

    void begin(long newSerial, List<Request> requests) {
        serial = newSerial;
        failed = false;
        unanswered.clear();
        unanswered.addAll(requests);
    }

    /** Which restoration this is about. */
    long serial() {
        return serial;
    }

    /** Whether a request is part of it, and waits for its answer. */
    boolean contains(Request request) {
        return unanswered.contains(request);
    }

    /** Takes an answer; whether it was the last one. */
    boolean isCompletedBy(Request request) {
        return unanswered.remove(request) && unanswered.isEmpty() && !failed;
    }

    /** Takes the news that a request was lost; whether it was the first one. */
    boolean failsNow() {
        boolean first = !failed;
        failed = true;
        return first;
    }

    /** The session for which it was is gone. */
    void giveUp() {
        unanswered.clear();
    }
}
