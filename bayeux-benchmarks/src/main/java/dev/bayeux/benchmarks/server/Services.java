package dev.bayeux.benchmarks.server;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.AbstractService;
import org.cometd.server.BayeuxServerImpl;

/** What clients ask the server for, on channels below {@code /service}. */
public final class Services extends AbstractService {

    private final ReentrantLock lock = new ReentrantLock();
    private long last;
    private long inversions;

    private Services(BayeuxServerImpl bayeux) {
        super(bayeux, "bench");
        addService("/service/burst", "burst");
        addService("/service/order", "order");
        addService("/order", "ordered");
    }

    static void install(BayeuxServerImpl bayeux) {
        new Services(bayeux);
    }

    /**
     * Sends messages to a session that asks for them: {@code count} on {@code channel}, {@code batch} at a time, as fast as
     * they are taken. A {@code length} is the number of characters of each, a power of ten as {@code fields} the number of
     * its numbers.
     *
     * @param session who asks
     * @param message what
     */
    public void burst(ServerSession session, ServerMessage message) {
        Map<String, Object> data = message.getDataAsMap();
        new Burst(session, (String) data.get("channel"), ((Number) data.get("count")).intValue(),
                ((Number) data.get("batch")).intValue(), Burst.events(number(data, "length"), number(data, "fields")))
                .start();
    }

    private static int number(Map<String, Object> data, String name) {
        return data.get(name) instanceof Number number ? number.intValue() : 0;
    }

    /**
     * Checks whether a number comes after a larger one.
     *
     * @param session the session that publishes
     * @param message has the number
     */
    public void ordered(ServerSession session, ServerMessage message) {
        long number = ((Number) message.getDataAsMap().get("n")).longValue();
        lock.lock();
        try {
            inversions += number < last ? 1 : 0;
            last = number;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how often {@link #ordered} has found that, and resets the count.
     *
     * @param session who asks
     * @param message says nothing
     */
    public void order(ServerSession session, ServerMessage message) {
        long seen;
        lock.lock();
        try {
            seen = inversions;
            inversions = 0;
            last = 0;
        } finally {
            lock.unlock();
        }
        session.deliver(getServerSession(), "/inversions", seen, Promise.noop());
    }
}
