package dev.bayeux.tests.server;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Plays the other end of a transport: a test decides its answers, and it records the requests. It knows nothing of Bayeux.
 *
 * <p>Each request receives the next of the answers given to {@link #answer}. Without one the {@link Responder} decides, which
 * by default answers {@code []} with status 200. For callback-polling, the peer records the batch in the address of a GET
 * request as its body, and sends the body of a reply as the call that the request asks for. Safe for concurrent use.
 */
public abstract class ScriptedPeer implements AutoCloseable {

    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<ReceivedRequest> untaken = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ReceivedRequest> received = new ArrayList<>();
    private int underWay;
    private int mostUnderWay;
    private volatile Responder responder = request -> Answer.json("[]");
    private volatile @Nullable Throwable responderFailure;

    /** For the two kinds of this module. */
    ScriptedPeer() {
    }

    /**
     * {@return the address of this server}
     */
    public abstract URI uri();

    /**
     * {@return how many connections clients have made so far}
     */
    public abstract int connectionCount();

    /**
     * Waits until no connection is open.
     *
     * @param limit how long to wait
     * @throws AssertionError if one is still open
     * @throws InterruptedException if the thread is interrupted
     */
    public abstract void awaitNoConnections(Duration limit) throws InterruptedException;

    /** Refuses new connections and closes those that are open, without an answer to requests in flight. */
    public abstract void goDown();

    /** Accepts connections again, at the same address. */
    public abstract void comeBack();

    /** Ends everything, with all threads and sockets. */
    @Override
    public abstract void close();

    /**
     * Sets the answers to the next requests, in the order of their arrival.
     *
     * @param answers one for each request; added to those given before
     * @return this
     */
    public final ScriptedPeer answer(Answer... answers) {
        next.addAll(Arrays.asList(answers));
        return this;
    }

    /**
     * Sets the responder, which decides when no answer is prepared.
     *
     * @param other decides from now on
     * @return this
     */
    public final ScriptedPeer answerWith(Responder other) {
        responder = other;
        return this;
    }

    /**
     * Takes the next request, and waits for it if there is none.
     *
     * @param limit how long to wait
     * @return the oldest of them
     * @throws AssertionError if none came in time
     * @throws InterruptedException if the thread is interrupted
     */
    public final ReceivedRequest takeRequest(Duration limit) throws InterruptedException {
        ReceivedRequest request = untaken.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (request == null) {
            throw new AssertionError("No request has arrived within %s; there were %d before.".formatted(limit,
                    requestCount()));
        }
        return request;
    }

    /**
     * {@return all requests so far, in the order of their arrival}
     */
    public final List<ReceivedRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(received);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return how many requests have arrived so far}
     */
    public final int requestCount() {
        return requests().size();
    }

    /**
     * {@return the largest number of requests that were unanswered at the same time}
     */
    public final int mostRequestsAtOnce() {
        lock.lock();
        try {
            return mostUnderWay;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fails if a {@link Responder} has thrown.
     *
     * @throws AssertionError with the first exception as its cause
     */
    public final void assertScriptWorked() {
        if (responderFailure != null) {
            throw new AssertionError("The script of the test's server has failed.", responderFailure);
        }
    }

    final ReceivedRequest record(int connection, HttpReader.Head head, byte[] body, CompletableFuture<Ending> gone) {
        lock.lock();
        try {
            ReceivedRequest request = new ReceivedRequest(received.size() + 1, connection, head, body,
                    CallbackCall.of(head.method(), head.target()), gone);
            received.add(request);
            underWay++;
            mostUnderWay = Math.max(mostUnderWay, underWay);
            // Here, so that answers go to requests in the order in which a test takes these.
            request.prepare(next.poll());
            untaken.add(request);
            return request;
        } finally {
            lock.unlock();
        }
    }

    final Answer decide(ReceivedRequest request) {
        Answer prepared = request.prepared();
        if (prepared != null) {
            return prepared;
        }
        try {
            return responder.answer(request);
        } catch (RuntimeException | AssertionError failed) {
            if (responderFailure == null) {
                responderFailure = failed;
            }
            return Answer.status(500);
        }
    }

    final void ended(ReceivedRequest request, Ending how) {
        lock.lock();
        try {
            // Together: a test that has waited for the end sends the next request.
            if (request.end(how)) {
                underWay--;
            }
        } finally {
            lock.unlock();
        }
    }
}
