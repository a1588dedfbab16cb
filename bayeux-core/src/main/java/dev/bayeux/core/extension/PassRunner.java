package dev.bayeux.core.extension;

import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.SessionChange;
import dev.bayeux.core.runtime.ClientRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a {@link Pass} on a thread of the extensions. The thread of the protocol waits for the last call, and
 * abandons this runner, with its thread, when one call exceeds the limit.
 */
final class PassRunner {

    private final ClientRuntime runtime;
    private final ReentrantLock lock;
    private final Duration limit;
    private final Pass pass;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    /** Completes when no call is running and none will begin. */
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    /** When the present call began, or when the next one could have begun. */
    private long callingSinceNs;
    /** Whether an extension has been called and has not returned. */
    private boolean calling;
    /** The extension whose call took too long, until that returns. */
    private @Nullable InstalledExtension stalled;
    private boolean abandoned;

    /** Runs one pass, or the rest of one; {@code lock} guards the pass, {@code limit} is how long one call may take. */
    PassRunner(ClientRuntime runtime, ReentrantLock lock, Duration limit, Pass pass) {
        this.runtime = runtime;
        this.lock = lock;
        this.limit = limit;
        this.pass = pass;
        this.callingSinceNs = runtime.nanoTime();
    }

    void run() {
        try {
            runCalls();
        } finally {
            ended.complete(null);
        }
    }

    private void runCalls() {
        for (Callable<@Nullable BayeuxMessage> call = begin(); call != null; call = begin()) {
            BayeuxMessage result = null;
            Throwable failure = null;
            try {
                result = call.call();
            } catch (Throwable thrown) {
                failure = thrown;
            }
            // The interrupt status that one call leaves set must not reach the next call.
            Thread.interrupted();
            if (!end(result, failure)) {
                return;
            }
        }
    }

    /**
     * Returns the next call; {@code null} if the pass is done or was abandoned. The call does not read the pass, which
     * continues without the call once it is abandoned.
     */
    private @Nullable Callable<@Nullable BayeuxMessage> begin() {
        lock.lock();
        try {
            callingSinceNs = runtime.nanoTime();
            if (abandoned) {
                return null;
            }
            if (!pass.next()) {
                done.complete(null);
                return null;
            }
            calling = true;
            InstalledExtension next = pass.extension();
            Extension extension = next.extension();
            List<SessionChange> missed = next.takeMissed();
            SessionChange change = pass.change();
            if (change != null) {
                return () -> {
                    missed.forEach(extension::sessionChanged);
                    extension.sessionChanged(change);
                    return null;
                };
            }
            BayeuxMessage message = pass.current();
            boolean outgoing = pass.isOutgoing();
            return () -> {
                missed.forEach(extension::sessionChanged);
                return checked(message, outgoing ? extension.outgoing(message) : extension.incoming(message));
            };
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable BayeuxMessage checked(BayeuxMessage message, @Nullable BayeuxMessage result) {
        if (result != null && !Envelope.isMadeOf(message, result)) {
            // Methods of a foreign object would run the program's code on a thread of the protocol.
            throw new IllegalStateException(
                    "It returned a message that is neither the one it received nor derived from that one: " + message);
        }
        return result;
    }

    /** Takes the result of a call; ignores the result of an abandoned call. */
    private boolean end(@Nullable BayeuxMessage result, @Nullable Throwable failure) {
        lock.lock();
        try {
            if (abandoned) {
                calling = false;
                if (stalled != null) {
                    stalled.returned();
                } else {
                    pass.returned(result);
                }
                return false;
            }
            calling = false;
            // The limit of the next call starts here, even before the call begins.
            callingSinceNs = runtime.nanoTime();
            if (failure == null) {
                pass.returned(result);
            } else {
                pass.failed(failure);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all calls have returned or one has stalled. Returns whether the thread was interrupted meanwhile. */
    boolean awaitEnd(boolean mayEnd) {
        boolean interrupted = false;
        long leftNs = limit.toNanos();
        while (leftNs > 0 && !(interrupted && mayEnd)) {
            try {
                runtime.get(done, leftNs);
                return interrupted;
            } catch (TimeoutException timedOut) {
                leftNs = leftOfCall();
            } catch (InterruptedException unwanted) {
                interrupted = true;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return interrupted;
    }

    /**
     * Returns how long the present call may still take, in nanoseconds; a call that has exceeded the limit is abandoned and
     * fails. An extension whose call has not even begun, for lack of a processor, stays in use for the next message.
     */
    private long leftOfCall() {
        lock.lock();
        try {
            long leftNs = callingSinceNs + limit.toNanos() - runtime.nanoTime();
            if (leftNs <= 0 && !abandoned && pass.next()) {
                abandoned = true;
                pass.failed(calling
                        ? stall(pass.extension())
                        : new TimeoutException(
                                "The call did not begin within %d ms (replyTimeout): the machine is overloaded."
                                        .formatted(limit.toMillis())));
            }
            return leftNs;
        } finally {
            lock.unlock();
        }
    }

    private TimeoutException stall(InstalledExtension slow) {
        stalled = slow;
        slow.stall();
        return new TimeoutException("It did not return within %d ms (replyTimeout)%s.".formatted(limit.toMillis(),
                slow.isRequired()
                        ? ", and is required: no message passes until it does"
                        : " and is left out from now on"));
    }

    /**
     * Waits until the call of an abandoned pass has returned, since extensions have one call at a time. An extension that
     * exceeds the limit is left out. Changes of the session that have not been reported come before the next message.
     */
    void awaitReturn() {
        boolean waiting = true;
        while (waiting) {
            long leftNs = leftOfAbandoned();
            waiting = leftNs > 0;
            try {
                if (waiting) {
                    runtime.get(ended, leftNs);
                    waiting = false;
                }
            } catch (TimeoutException timedOut) {
                // The call is stalled now.
            } catch (InterruptedException again) {
                // The caller restores the interrupt status.
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        lock.lock();
        try {
            pass.keepChanges();
        } finally {
            lock.unlock();
        }
    }

    private long leftOfAbandoned() {
        lock.lock();
        try {
            long leftNs = calling ? callingSinceNs + limit.toNanos() - runtime.nanoTime() : 0;
            if (calling && leftNs <= 0 && stalled == null) {
                pass.failed(stall(pass.extension()));
            }
            return leftNs;
        } finally {
            lock.unlock();
        }
    }

    /** Abandons the pass. Returns whether the thread must be interrupted. */
    boolean abandon() {
        lock.lock();
        try {
            abandoned = true;
            return !done.isDone();
        } finally {
            lock.unlock();
        }
    }
}
