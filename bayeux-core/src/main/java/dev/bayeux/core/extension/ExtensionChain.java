package dev.bayeux.core.extension;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.core.delivery.Events;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.runtime.ClientLog;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages through the extensions of one client, one batch at a time. Extensions run on a separate thread. The
 * thread of the protocol waits for that thread within a limit, and abandons an extension that exceeds the limit.
 */
public final class ExtensionChain {

    /** The messages to send, and the messages that an extension held back. */
    public record Leaving(List<OutgoingMessage> messages, List<HeldBack> heldBack) {}

    /** A message that is not sent, and the reason. */
    public record HeldBack(String id, HeldBackException why) {}

    private final ClientRuntime runtime;
    private final String threadName;
    private final Duration limit;
    private final Events events;
    private final Json json;
    private final List<InstalledExtension> inward;
    private final List<InstalledExtension> outward;
    private final ConcurrentLinkedQueue<SessionChange> changes = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn;
    private final ReentrantLock lock;
    private volatile @Nullable Thread calling;

    /** {@code extensions} are in the order given to the builder; {@code limit} is how long one call may take. */
    public ExtensionChain(ClientRuntime runtime, String clientName, List<Extension> extensions, Duration limit,
            Events events, Json json) {
        this.runtime = runtime;
        this.threadName = "bayeux-" + clientName + "-extensions";
        this.limit = limit;
        this.events = events;
        this.json = json;
        this.inward = extensions.stream().map(InstalledExtension::new).toList();
        this.outward = inward.reversed();
        this.turn = runtime.newLock();
        this.lock = runtime.newLock();
    }

    /** {@return whether there are no extensions; every other method then returns at once} */
    public boolean isEmpty() {
        return inward.isEmpty();
    }

    /** Keeps a change of the session for the extensions, which receive it before the next message. Never waits. */
    public void changed(SessionChange change) {
        if (!isEmpty()) {
            changes.add(change);
        }
    }

    /** Passes received messages through the extensions (C-116). The caller must not hold the loop's lock. */
    public List<IncomingMessage> incoming(List<IncomingMessage> messages) {
        if (isEmpty() || messages.isEmpty()) {
            return messages;
        }
        boolean interrupted = Thread.interrupted();
        turn.lock();
        try {
            Pass pass = pass(messages.stream().<BayeuxMessage>map(message -> Envelope.of(json, message)).toList(),
                    false);
            // Received messages are kept although the waiting thread was interrupted.
            interrupted |= run(pass, false);
            List<IncomingMessage> result = new ArrayList<>(messages.size());
            for (int n = 0; n < messages.size(); n++) {
                Pass.Outcome outcome = pass.outcomes().get(n);
                if (outcome.heldBack() == null) {
                    result.add(Envelope.change(messages.get(n), outcome.message()));
                }
            }
            return result;
        } finally {
            turn.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Passes messages through the extensions before they are sent (C-116, C-117). The caller must not hold the loop's lock.
     * Nothing is sent if the thread is interrupted.
     */
    public Leaving outgoing(List<OutgoingMessage> messages) throws InterruptedException {
        if (isEmpty()) {
            return new Leaving(messages, List.of());
        }
        turn.lockInterruptibly();
        try {
            Pass pass = pass(messages.stream().<BayeuxMessage>map(message -> Envelope.of(json, message)).toList(),
                    true);
            run(pass, true);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<OutgoingMessage> leaving = new ArrayList<>(messages.size());
            List<HeldBack> heldBack = new ArrayList<>();
            for (int n = 0; n < messages.size(); n++) {
                OutgoingMessage message = messages.get(n);
                Pass.Outcome outcome = pass.outcomes().get(n);
                Pass.HeldBack held = outcome.heldBack();
                if (held == null) {
                    leaving.add(Envelope.change(message, outcome.message()));
                } else {
                    heldBack.add(new HeldBack(message.id(),
                            new HeldBackException(held.extension(), message.channel(), held.cause())));
                }
            }
            return new Leaving(leaving, heldBack);
        } finally {
            turn.unlock();
        }
    }

    /** Delivers the remaining changes of the session to the extensions, after the last message. Returns within their limits. */
    public void finish() throws InterruptedException {
        if (!changes.isEmpty()) {
            turn.lockInterruptibly();
            try {
                run(pass(List.of(), false), true);
            } finally {
                turn.unlock();
            }
        }
    }

    /** {@return whether the calling thread is the one that calls the extensions, and was not abandoned} */
    public boolean isCurrent() {
        return calling == Thread.currentThread();
    }

    private Pass pass(List<BayeuxMessage> messages, boolean outgoing) {
        List<SessionChange> taken = new ArrayList<>();
        for (SessionChange next = changes.poll(); next != null; next = changes.poll()) {
            taken.add(next);
        }
        return new Pass(outgoing ? outward : inward, taken, messages, outgoing, this::report);
    }

    /** Makes all calls of a pass; {@code true} if the thread was interrupted, which ends the pass if {@code mayEnd}. */
    private boolean run(Pass pass, boolean mayEnd) {
        boolean interrupted = false;
        boolean running = true;
        while (running) {
            PassRunner runner = new PassRunner(runtime, lock, limit, pass);
            Thread thread = runtime.start(threadName, () -> {
                calling = Thread.currentThread();
                runner.run();
            });
            interrupted |= runner.awaitEnd(mayEnd);
            boolean stopped = runner.abandon();
            if (stopped) {
                thread.interrupt();
            }
            if (stopped && interrupted && mayEnd) {
                runner.awaitReturn();
            }
            running = stopped && !(interrupted && mayEnd);
        }
        if (interrupted && mayEnd) {
            Thread.currentThread().interrupt();
        }
        return interrupted;
    }

    private void report(InstalledExtension extension, Throwable cause) {
        ClientLog.debug("The extension %s failed".formatted(extension.name()), null);
        events.report(new ClientEvent.ExtensionFailed(extension.name(), cause));
    }
}
