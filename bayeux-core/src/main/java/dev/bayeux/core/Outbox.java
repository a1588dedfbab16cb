package dev.bayeux.core;

import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What waits to be sent beside the heartbeat, in the order in which the program asked for it (C-50). Requests that were
 * handed in together stay together; what waits leaves in one batch, as far as its size allows (C-51 to C-53). Guarded by
 * the session's lock.
 */
final class Outbox {

    private final int maxRequests;
    private final int maxBytes;
    private final ArrayDeque<List<Request>> units = new ArrayDeque<>();
    private int waiting;

    Outbox(int maxRequests, int maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /** Whether so many more can wait. */
    boolean hasRoomFor(int more) {
        return waiting + more <= maxRequests;
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    void add(List<Request> requests) {
        units.addLast(List.copyOf(requests));
        waiting += requests.size();
    }

    /** Puts what restores subscriptions before all else, in the place of what it makes needless. */
    void addFirst(List<Request> restoring) {
        for (Iterator<List<Request>> each = units.iterator(); each.hasNext();) {
            List<Request> unit = each.next();
            Kind kind = unit.getFirst().kind();
            if (kind == Kind.SUBSCRIBE || kind == Kind.UNSUBSCRIBE) {
                each.remove();
                waiting -= unit.size();
            }
        }
        units.addFirst(List.copyOf(restoring));
        waiting += restoring.size();
    }

    /** Takes out the requests of the next batch; there is at least one. */
    List<Request> next() {
        List<Request> leaving = new ArrayList<>();
        int bytes = 2;
        while (!units.isEmpty()) {
            List<Request> unit = units.removeFirst();
            int taken = 0;
            while (taken < unit.size() && (leaving.isEmpty() || bytes + unit.get(taken).bytes() <= maxBytes)) {
                leaving.add(unit.get(taken));
                bytes += unit.get(taken).bytes() + 1;
                taken++;
            }
            if (taken < unit.size()) {
                units.addFirst(unit.subList(taken, unit.size()));
                break;
            }
        }
        waiting -= leaving.size();
        return leaving;
    }

    /** Takes a request out again that nobody waits for any more; {@code false} if it has left. */
    boolean withdraw(Request request) {
        for (List<Request> unit : units) {
            if (unit.contains(request)) {
                List<List<Request>> all = new ArrayList<>(units);
                List<Request> others = new ArrayList<>(unit);
                others.remove(request);
                units.clear();
                all.forEach(each -> {
                    if (each != unit) {
                        units.addLast(each);
                    } else if (!others.isEmpty()) {
                        units.addLast(others);
                    }
                });
                waiting--;
                return true;
            }
        }
        return false;
    }

    /** Takes all out. */
    List<Request> takeAll() {
        List<Request> all = new ArrayList<>();
        units.forEach(all::addAll);
        units.clear();
        waiting = 0;
        return all;
    }
}
