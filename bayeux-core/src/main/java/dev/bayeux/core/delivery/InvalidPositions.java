package dev.bayeux.core.delivery;

import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.RefusedPosition;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Asks the program's policy for another position when the server has refused one (C-121). The policy may be the program's
 * code, so it runs on the thread {@code -positions}.
 */
public final class InvalidPositions implements Worker.Task {

    private final ClientLoop loop;
    private final OnInvalidPosition policy;
    private final Queue<RefusedPosition> waiting = new ConcurrentLinkedQueue<>();
    private final Worker worker;

    public InvalidPositions(ClientRuntime runtime, String clientName, ClientLoop loop, OnInvalidPosition policy) {
        this.loop = loop;
        this.policy = policy;
        this.worker = new Worker(runtime, "bayeux-" + clientName + "-positions");
    }

    /** Asks for another position. Does not wait. */
    public void ask(RefusedPosition refused) {
        waiting.add(refused);
        worker.wake(this);
    }

    public Worker worker() {
        return worker;
    }

    @Override
    public void work() {
        for (RefusedPosition next = waiting.poll(); next != null && !worker.isStopped(); next = waiting.poll()) {
            Optional<Position> choice = Optional.empty();
            try {
                choice = Objects.requireNonNull(
                        policy.choose(next.channel(), next.position(), next.cause().error()), "the choice");
            } catch (Throwable failed) {
                // A policy that throws gives no position.
                next.cause().addSuppressed(failed);
            }
            loop.accept(new Input.PositionChosen(next, choice));
            Thread.interrupted();
        }
    }
}
