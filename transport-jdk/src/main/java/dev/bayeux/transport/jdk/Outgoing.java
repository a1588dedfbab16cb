package dev.bayeux.transport.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of a request, which knows whether the request is leaving: the JDK asks for the length of the body when it has a
 * connection, before it writes the headers.
 */
abstract class Outgoing implements BodyPublisher {

    private enum Stage {
        WAITING, LEAVING, GIVEN_UP
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

    /** Whether there is a connection, so that the server may have the request. */
    final boolean isLeaving() {
        return stage.get() == Stage.LEAVING;
    }

    /** Prevents the request from leaving; {@code false} if it is leaving already. */
    final boolean giveUp() {
        return stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
    }

    /** Marks the request as leaving; {@code false} if it was abandoned. */
    final boolean leave() {
        return stage.compareAndSet(Stage.WAITING, Stage.LEAVING) || isLeaving();
    }
}
