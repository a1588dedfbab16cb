package dev.bayeux.core.delivery;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/**
 * Asks the program where to begin instead, when the server has refused a position (C-121): on a thread of its own, since
 * it may be code of the program.
 */
final class InvalidPositions {

    private static final int BAD_REQUEST = 400;

    /** A subscribe that failed because of its position. */
    record Refused(WireSubscription wire, Request request, Position position, RefusedException cause) {}

    private final OnInvalidPosition policy;
    private final BiConsumer<Refused, Optional<Position>> decided;
    private final Queue<Refused> waiting = new ConcurrentLinkedQueue<>();
    private final Worker worker;

    InvalidPositions(ClientRuntime runtime, String clientName, OnInvalidPosition policy,
            BiConsumer<Refused, Optional<Position>> decided) {
        this.policy = policy;
        this.decided = decided;
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-positions", this::decideAll);
    }

    /** Whether it is the position that the server does not like; another text says that there was none (C-120). */
    static boolean isAbout(BayeuxException cause) {
        if (!(cause instanceof RefusedException refused)) {
            return false;
        }
        ServerError error = refused.error();
        String text = error.text().strip().toLowerCase(Locale.ROOT);
        return error.code().orElse(0) == BAD_REQUEST && text.startsWith("the replayid")
                && !text.contains("replay id map");
    }

    void ask(Refused refused) {
        waiting.add(refused);
        worker.wake();
    }

    boolean isCurrent() {
        return worker.isCurrent();
    }

    private void decideAll() {
        for (Refused next = waiting.poll(); next != null && !worker.isStopped(); next = waiting.poll()) {
            Optional<Position> choice = Optional.empty();
            try {
                choice = Objects.requireNonNull(
                        policy.choose(next.wire().channel(), next.position(), next.cause().error()), "the choice");
            } catch (Throwable failed) {
                // Whatever the program's code throws, it is not a position.
                next.cause().addSuppressed(failed);
            }
            decided.accept(next, choice);
            Thread.interrupted();
        }
    }

    /** Lets a decision finish until the deadline, then stops it. */
    void close(long deadlineNs) {
        try {
            if (!worker.awaitIdle(deadlineNs)) {
                worker.interrupt();
            }
        } catch (InterruptedException now) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
