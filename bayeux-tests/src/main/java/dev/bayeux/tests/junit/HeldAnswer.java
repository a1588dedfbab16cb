package dev.bayeux.tests.junit;

import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An answer that a server keeps back until a test releases it. Safe for use by any number of threads. */
public final class HeldAnswer {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CompletableFuture<Held> held = new CompletableFuture<>();

    HeldAnswer() {
    }

    /**
     * Waits until a request is there to be answered. The server has processed it by then.
     *
     * @return this
     * @throws AssertionError if nothing has come within 10 s
     * @throws InterruptedException if the thread is interrupted
     */
    public HeldAnswer awaitRequest() throws InterruptedException {
        taken();
        return this;
    }

    /**
     * Sends the answer; waits until a request is there to be answered. Has no effect the second time, or if the client is
     * gone.
     *
     * @throws AssertionError if nothing has come within 10 s
     * @throws InterruptedException if the thread is interrupted
     */
    public void release() throws InterruptedException {
        taken().release();
    }

    Answer hold(Reply reply) {
        Held answer = Answer.held(reply);
        held.complete(answer);
        return answer;
    }

    private Held taken() throws InterruptedException {
        try {
            return held.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException none) {
            throw new AssertionError("Nothing to be answered has come within %s.".formatted(PATIENCE), none);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }
}
