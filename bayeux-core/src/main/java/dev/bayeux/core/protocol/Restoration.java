package dev.bayeux.core.protocol;

import dev.bayeux.core.message.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The requests that restore subscriptions and are not answered yet. If one of them is lost, the whole restoration has failed,
 * and all are sent again.
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

    long serial() {
        return serial;
    }

    /** Whether a request is part of the restoration and waits for its answer. */
    boolean contains(Request request) {
        return unanswered.contains(request);
    }

    /** Records an answer; whether it was the last one. */
    boolean isCompletedBy(Request request) {
        return unanswered.remove(request) && unanswered.isEmpty() && !failed;
    }

    /** Records a lost request; whether it was the first one. */
    boolean failsNow() {
        boolean first = !failed;
        failed = true;
        return first;
    }

    /** Ends the restoration, since its session is gone. */
    void giveUp() {
        unanswered.clear();
    }
}
