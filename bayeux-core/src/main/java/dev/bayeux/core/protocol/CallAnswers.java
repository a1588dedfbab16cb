package dev.bayeux.core.protocol;

import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Hold;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for their answers, by channel, and the answers that may still arrive for calls that ended without one
 * (C-60). An answer without an id is given to a call only if no other answer can be meant: until an answer on a channel has
 * shown an id, one call at a time may leave there.
 */
final class CallAnswers {

    /** Of more channels or owed answers than this, the oldest are forgotten. */
    private static final int REMEMBERED = 1024;

    /**
     * The calls that a delivery answers.
     *
     * @param calls none, one, or those of which it may answer any
     * @param clear whether it certainly answers the one call
     */
    record Answered(List<Request> calls, boolean clear) {

        static final Answered NONE = new Answered(List.of(), true);
    }

    private final Map<String, LinkedHashSet<Request>> waiting = new LinkedHashMap<>();
    /** The ids of the calls that ended without an answer in this session, by channel. */
    private final Map<String, LinkedHashSet<String>> owed = new LinkedHashMap<>();
    /** The channels on which answers have arrived; whether one had an id. */
    private final Map<String, Boolean> answersById = new LinkedHashMap<>();
    /** The channels on which something has changed that a call may wait for. */
    private final Set<String> changed = new LinkedHashSet<>();

    void add(Request call) {
        waiting.computeIfAbsent(call.channel(), channel -> new LinkedHashSet<>()).add(call);
    }

    void remove(Request call) {
        LinkedHashSet<Request> calls = waiting.get(call.channel());
        if (calls != null && calls.remove(call)) {
            changed.add(call.channel());
            if (calls.isEmpty()) {
                waiting.remove(call.channel());
            }
        }
    }

    /** Records that a call has ended, that its answer may still arrive, and whether that answer could be taken for another. */
    boolean owes(Request call) {
        if (answersById(call.channel())) {
            return false;
        }
        owed.computeIfAbsent(call.channel(), channel -> new LinkedHashSet<>()).add(call.id());
        forgetOldest(owed);
        LinkedHashSet<String> ids = owed.get(call.channel());
        if (ids != null && ids.size() > REMEMBERED) {
            ids.removeFirst();
        }
        return true;
    }

    /** No answer will arrive for a call that has ended, since the server has refused or not processed it. */
    void owesNot(String channel, String id) {
        LinkedHashSet<String> ids = owed.get(channel);
        if (ids != null && ids.remove(id)) {
            settled(channel, ids);
        }
    }

    private void settled(String channel, LinkedHashSet<String> ids) {
        if (ids.isEmpty()) {
            owed.remove(channel);
            changed.add(channel);
        }
    }

    /** Answers of an earlier session no longer arrive. */
    void sessionMade() {
        changed.addAll(owed.keySet());
        owed.clear();
    }

    void sessionEnded() {
        changed.addAll(waiting.keySet());
        waiting.clear();
        sessionMade();
    }

    boolean answersById(String channel) {
        return Boolean.TRUE.equals(answersById.get(channel));
    }

    /**
     * {@return why a call on a channel has to wait, {@code null} if it may leave} If all that is known of the channel are
     * calls without an answer, the next call leaves: its answer may show an id.
     */
    @Nullable
    Hold holds(String channel) {
        if (answersById(channel)) {
            return null;
        }
        if (waiting.containsKey(channel)) {
            return Hold.EARLIER_CALL;
        }
        return owed.containsKey(channel) && answersById.containsKey(channel) ? Hold.LATE_ANSWER : null;
    }

    /** {@return the channels on which a held call may leave now, perhaps; each is returned once} */
    List<String> takeChanged() {
        List<String> all = changed.isEmpty() ? List.of() : List.copyOf(changed);
        changed.clear();
        return all;
    }

    /** Makes a channel one of those that have changed. */
    void changed(String channel) {
        changed.add(channel);
    }

    /**
     * Finds and forgets the calls that a delivery without an id on this channel answers (C-59 to C-61). It counts as the answer
     * that is owed to a call that has ended if no call waits.
     */
    Answered takeFor(String channel) {
        if (waiting.isEmpty() && owed.isEmpty()) {
            // Runs for every delivery.
            return Answered.NONE;
        }
        LinkedHashSet<Request> calls = waiting.get(channel);
        LinkedHashSet<String> ids = owed.get(channel);
        if (calls == null && ids == null || answersById(channel)) {
            return Answered.NONE;
        }
        answersById.put(channel, false);
        forgetOldest(answersById);
        if (calls == null) {
            arrived(channel, ids);
            return Answered.NONE;
        }
        List<Request> answered = List.copyOf(calls);
        boolean clear = answered.size() == 1 && ids == null;
        answered.forEach(this::remove);
        if (!clear) {
            answered.forEach(this::owes);
            arrived(channel, owed.get(channel));
        }
        return new Answered(answered, clear);
    }

    private void arrived(String channel, @Nullable LinkedHashSet<String> ids) {
        if (ids != null) {
            ids.removeFirst();
            settled(channel, ids);
        }
    }

    /** Records that an answer has the id of its call, which may have ended. */
    void showsId(String channel) {
        boolean before = answersById(channel);
        answersById.remove(channel);
        answersById.put(channel, true);
        forgetOldest(answersById);
        if (!before) {
            owed.remove(channel);
            changed.add(channel);
        }
    }

    /** Whether an answer may arrive on a channel, for a call that waits or has ended. */
    boolean isAwaited(String channel) {
        return waiting.containsKey(channel) || owed.containsKey(channel);
    }

    /** Whether the answer to a call that has ended may have this id. */
    boolean isOwed(String channel, String id) {
        LinkedHashSet<String> ids = owed.get(channel);
        return ids != null && ids.contains(id);
    }

    private static void forgetOldest(Map<String, ?> channels) {
        if (channels.size() > REMEMBERED) {
            channels.remove(channels.keySet().iterator().next());
        }
    }
}
