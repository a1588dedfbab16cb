package dev.bayeux.core.protocol;

import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait to be sent, in the order in which the program made them (C-50); handshakes and connects are not
 * among them. Requests of one batch stay together, and all that wait leave in one request if its size allows (C-51 to
 * C-53).
 */
final class SendQueue {

    static final long BRACKETS = 2;

    private final int maxRequests;
    private final ArrayDeque<List<Request>> units = new ArrayDeque<>();
    private int waiting;
    private int publishes;
    /** How many units at the front leave in a separate batch. */
    private int apart;
    /** The requests that restore subscriptions; nothing is put before them. */
    private @Nullable List<Request> restoring;
    private final HeldCalls held = new HeldCalls();

    SendQueue(int maxRequests) {
        this.maxRequests = maxRequests;
    }

    /** Whether there is room for so many more requests. */
    boolean hasRoomFor(int more) {
        return waiting + more <= maxRequests;
    }

    List<Request> all() {
        return Stream.concat(units.stream().flatMap(List::stream), held.all().stream()).toList();
    }

    /** {@return the requests that end subscriptions} */
    List<Request> unsubscribes() {
        return units.stream().flatMap(List::stream).filter(request -> request.kind() == Kind.UNSUBSCRIBE).toList();
    }

    /** Whether a publish or call waits in the queue. */
    boolean hasPublishes() {
        return publishes > 0 || !held.isEmpty();
    }

    /** Whether no request waits that may leave; held calls may not. */
    boolean isEmpty() {
        return units.isEmpty();
    }

    // Held calls

    /** Whether a call must wait for others that are held on its channel. */
    boolean areHeldBefore(Request call) {
        return held.areBefore(call);
    }

    /** Holds a call that was taken out; {@code false} if too many are held. */
    boolean hold(Request call) {
        boolean room = held.size() < maxRequests;
        if (room) {
            held.add(call);
        } else {
            held.endsTurn(call);
        }
        return room;
    }

    /** Puts the held calls of a channel first that may leave there: all, or the next one. */
    void release(String channel, boolean all) {
        for (Request call : held.release(channel, all).reversed()) {
            addBack(List.of(call));
        }
    }

    void add(List<Request> requests) {
        units.addLast(new ArrayList<>(requests));
        count(requests, 1);
    }

    private void count(List<Request> requests, int each) {
        for (Request request : requests) {
            waiting += each;
            publishes += request.isPublished() ? each : 0;
        }
    }

    /** Puts the requests that restore subscriptions first, and removes the subscribe requests that they replace. */
    void addFirst(List<Request> newRestoring) {
        for (Iterator<List<Request>> each = units.iterator(); each.hasNext();) {
            List<Request> unit = each.next();
            count(unit, -1);
            unit.removeIf(request -> request.kind() == Kind.SUBSCRIBE || request.kind() == Kind.UNSUBSCRIBE);
            count(unit, 1);
            if (unit.isEmpty()) {
                each.remove();
            }
        }
        restoring = null;
        if (!newRestoring.isEmpty()) {
            List<Request> unit = new ArrayList<>(newRestoring);
            restoring = unit;
            units.addFirst(unit);
            count(unit, 1);
        }
    }

    /** Puts requests first that have left before, in their order, but after others that were put first in this way. */
    void addBack(List<Request> requests) {
        addAfter(unit -> unit == restoring || isSentAgain(unit), requests);
    }

    private void addAfter(Predicate<List<Request>> first, List<Request> requests) {
        ArrayDeque<List<Request>> before = new ArrayDeque<>();
        while (!units.isEmpty() && first.test(units.getFirst())) {
            before.addLast(units.removeFirst());
        }
        units.addFirst(new ArrayList<>(requests));
        count(requests, 1);
        requests.stream().filter(each -> each.kind() == Kind.CALL).forEach(held::takesTurn);
        while (!before.isEmpty()) {
            units.addFirst(before.removeLast());
        }
    }

    private static boolean isSentAgain(List<Request> unit) {
        return !unit.isEmpty() && unit.stream().allMatch(Request::isSentAgain);
    }

    /** Puts the requests of a batch that was too long first, in two batches. */
    void addHalves(List<Request> requests) {
        int half = requests.size() / 2;
        addApart(requests.subList(half, requests.size()));
        addApart(requests.subList(0, half));
    }

    private void addApart(List<Request> requests) {
        if (!requests.isEmpty()) {
            addAfter(unit -> unit == restoring, requests);
            apart++;
        }
    }

    /**
     * Takes out the requests of the next batch; there is at least one. Requests of one batch of the program are split only if
     * they are too large for one request.
     */
    List<Request> next(int clientIdBytes, int maxBytes) {
        List<Request> leaving = new ArrayList<>();
        long room = maxBytes - BRACKETS;
        boolean joining = apart == 0;
        apart = Math.max(0, apart - 1);
        while (!units.isEmpty()) {
            List<Request> unit = units.getFirst();
            int fitting = fitting(unit, room, clientIdBytes);
            if (fitting < unit.size() && !leaving.isEmpty()) {
                break;
            }
            List<Request> part = unit.subList(0, Math.max(1, fitting));
            for (Request request : part) {
                room -= size(request, clientIdBytes);
                leaving.add(request);
            }
            part.clear();
            if (!unit.isEmpty()) {
                break;
            }
            units.removeFirst();
            if (!joining) {
                break;
            }
        }
        count(leaving, -1);
        return leaving;
    }

    /**
     * Whether publishes and calls wait that fill a batch: there is one more than fits, or one leaves alone. Examines no more
     * than one batch, whatever the length of the queue.
     */
    boolean fills(int clientIdBytes, int maxBytes) {
        if (apart > 0 || publishes < waiting) {
            return false;
        }
        long room = maxBytes - BRACKETS;
        for (List<Request> unit : units) {
            for (Request request : unit) {
                room -= size(request, clientIdBytes);
                if (room < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int fitting(List<Request> unit, long room, int clientIdBytes) {
        long left = room;
        int count = 0;
        for (Request request : unit) {
            left -= size(request, clientIdBytes);
            if (left < 0) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Counts the comma that separates a request from the next one. */
    static long size(Request request, int clientIdBytes) {
        return request.bytes() + clientIdBytes + 1L;
    }

    /** Records that a call that was taken out leaves. */
    void leaves(Request call) {
        held.endsTurn(call);
    }

    /** Removes a request; {@code false} if it is not in the queue. */
    boolean withdraw(Request request) {
        held.endsTurn(request);
        if (held.remove(request)) {
            return true;
        }
        for (Iterator<List<Request>> each = units.iterator(); each.hasNext();) {
            List<Request> unit = each.next();
            if (unit.remove(request)) {
                count(List.of(request), -1);
                if (unit.isEmpty()) {
                    each.remove();
                }
                return true;
            }
        }
        return false;
    }

    /** {@return all requests, which it removes from the queue} */
    List<Request> takeAll() {
        List<Request> all = all();
        units.clear();
        held.clear();
        waiting = 0;
        publishes = 0;
        apart = 0;
        return all;
    }
}
