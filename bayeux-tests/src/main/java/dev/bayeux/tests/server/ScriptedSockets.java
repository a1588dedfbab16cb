package dev.bayeux.tests.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Scripts what a {@link ScriptedServer} does with upgrades to WebSocket: by default it accepts them. The server does not
 * count an upgrade as a request; it counts each text message of an open socket, with the headers of the upgrade. Safe for
 * concurrent use.
 */
public final class ScriptedSockets {

    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final List<ReceivedRequest> upgrades = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ReceivedRequest> untakenUpgrades = new LinkedBlockingQueue<>();
    private final BlockingQueue<ScriptedSocket> untaken = new LinkedBlockingQueue<>();
    private final List<ScriptedSocket> opened = new CopyOnWriteArrayList<>();
    private volatile Responder usual = request -> Upgrade.plain();

    ScriptedSockets() {
    }

    /**
     * Sets the answers to the next upgrades, in the order of their arrival.
     *
     * @param answers one for each; added to those that were given before
     * @return this
     */
    public ScriptedSockets answer(Answer... answers) {
        next.addAll(Arrays.asList(answers));
        return this;
    }

    /**
     * Sets the answer to all other upgrades.
     *
     * @param answer the answer, {@link Answer#upgrade()} to accept them
     * @return this
     */
    public ScriptedSockets answerAll(Answer answer) {
        return answerWith(request -> answer);
    }

    /**
     * Sets the responder for all other upgrades.
     *
     * @param other decides from now on; must not block
     * @return this
     */
    public ScriptedSockets answerWith(Responder other) {
        usual = other;
        return this;
    }

    /**
     * Takes the next upgrade, accepted or not, and waits for it if there is none.
     *
     * @param limit how long to wait
     * @return the oldest of them
     * @throws AssertionError if none came in time
     * @throws InterruptedException if the thread is interrupted
     */
    public ReceivedRequest takeUpgrade(Duration limit) throws InterruptedException {
        return taken(untakenUpgrades.poll(limit.toNanos(), TimeUnit.NANOSECONDS), limit);
    }

    /**
     * Takes the next open socket, and waits for it if there is none.
     *
     * @param limit how long to wait
     * @return the oldest of them
     * @throws AssertionError if none was opened in time
     * @throws InterruptedException if the thread is interrupted
     */
    public ScriptedSocket take(Duration limit) throws InterruptedException {
        return taken(untaken.poll(limit.toNanos(), TimeUnit.NANOSECONDS), limit);
    }

    /**
     * {@return how many requests for a WebSocket have arrived so far}
     */
    public int upgradeCount() {
        return upgrades.size();
    }

    /**
     * {@return how many sockets are open}
     */
    public int openCount() {
        return (int) opened.stream().filter(ScriptedSocket::isOpen).count();
    }

    ReceivedRequest record(int connection, HttpReader.Head head, CompletableFuture<Ending> gone) {
        ReceivedRequest request = new ReceivedRequest(upgrades.size() + 1, connection, head, new byte[0], null,
                gone);
        Answer planned = next.poll();
        request.prepare(planned == null ? usual.answer(request) : planned);
        upgrades.add(request);
        untakenUpgrades.add(request);
        return request;
    }

    void opened(ScriptedSocket socket) {
        opened.add(socket);
        untaken.add(socket);
    }

    private static <T> T taken(T found, Duration limit) {
        if (found == null) {
            throw new AssertionError("Nobody has asked for a WebSocket within %s.".formatted(limit));
        }
        return found;
    }
}
