package dev.bayeux.core;

import dev.bayeux.core.message.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The requests that restore subscriptions and are not answered yet. Guarded by the session's lock. */
final class Restoration {

    private final Set<Request> unanswered = new HashSet<>();
    private long serial;

    void begin(long newSerial, List<Request> requests) {
        serial = newSerial;
        unanswered.clear();
        unanswered.addAll(requests);
    }

    /** Which restoration this is about. */
    long serial() {
        return serial;
    }

    boolean contains(Request request) {
        return unanswered.contains(request);
    }

    /** Takes an answer; whether it was the last one. */
    boolean isCompletedBy(Request request) {
        return unanswered.remove(request) && unanswered.isEmpty();
    }

    void giveUp() {
        unanswered.clear();
    }
}
