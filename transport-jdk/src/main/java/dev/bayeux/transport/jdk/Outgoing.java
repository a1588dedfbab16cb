package dev.bayeux.transport.jdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of a request that knows whether the request is on its way: the JDK asks for the length of the body when it has a
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

    /** Keeps the request from leaving; {@code false} if it is too late. */
    final boolean giveUp() {
        return stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
    }

    /** Lets the request leave; {@code false} if it must not. */
    final boolean leave() {
        return stage.compareAndSet(Stage.WAITING, Stage.LEAVING) || isLeaving();
    }
}
