package dev.bayeux.core.protocol;

import dev.bayeux.core.message.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls that wait, in their order, until their answers can be distinguished from others on the same channel
 * ({@link CallAnswers}). Other messages overtake them.
 */
final class HeldCalls {

    private final Map<String, ArrayDeque<Request>> byChannel = new LinkedHashMap<>();
    /** The call of each channel that is queued once more and is the next to leave there. */
    private final Map<String, Request> turns = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether a call must wait for others that wait on its channel. */
    boolean areBefore(Request call) {
        return byChannel.containsKey(call.channel()) && turns.get(call.channel()) != call;
    }

    void add(Request call) {
        ArrayDeque<Request> calls = byChannel.computeIfAbsent(call.channel(), channel -> new ArrayDeque<>());
        if (turns.remove(call.channel(), call)) {
            calls.addFirst(call);
        } else {
            calls.addLast(call);
        }
        size++;
    }

    /** Records that a call is the next one to leave on its channel, unless another is. */
    void takesTurn(Request call) {
        turns.putIfAbsent(call.channel(), call);
    }

    /** Records that a call has left the queue. */
    void endsTurn(Request call) {
        turns.remove(call.channel(), call);
    }

    /** Takes out the calls of a channel that may leave: all, or the next one. */
    List<Request> release(String channel, boolean all) {
        ArrayDeque<Request> calls = byChannel.get(channel);
        if (calls == null || !all && turns.containsKey(channel)) {
            return List.of();
        }
        List<Request> released = all ? List.copyOf(calls) : List.of(calls.getFirst());
        if (!all) {
            takesTurn(calls.getFirst());
        }
        released.forEach(this::remove);
        return released;
    }

    /** Removes a call; {@code false} if it is not held. */
    boolean remove(Request call) {
        ArrayDeque<Request> calls = byChannel.get(call.channel());
        if (calls == null || !calls.remove(call)) {
            return false;
        }
        size--;
        if (calls.isEmpty()) {
            byChannel.remove(call.channel());
        }
        return true;
    }

    List<Request> all() {
        List<Request> all = new ArrayList<>(size);
        byChannel.values().forEach(all::addAll);
        return all;
    }

    void clear() {
        byChannel.clear();
        turns.clear();
        size = 0;
    }
}
