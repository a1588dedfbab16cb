package dev.bayeux.tests.server;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * An answer that the server holds until the test releases it, its time has passed, or the client has closed the connection.
 * Serves one request. Safe for concurrent use.
 */
public final class Held implements Answer {

    /** The longest hold of an answer that a test forgets to release. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final Answer planned;
    private final Duration limit;
    private final Supplier<Answer> atLimit;

    private Held(Answer planned, Duration limit, Supplier<Answer> atLimit) {
        this.planned = planned;
        this.limit = limit;
        this.atLimit = atLimit;
    }

    static Held until(Answer planned) {
        return new Held(planned, LONGEST, Answer::drop);
    }

    /**
     * Makes an answer with a time limit, as a server holds a connect.
     *
     * @param limit how long the server holds it
     * @param atLimit returns the answer when that time has passed
     * @return the answer
     */
    public static Held atMost(Duration limit, Supplier<Answer> atLimit) {
        return new Held(new Drop(), limit, atLimit);
    }

    /** Sends the planned answer. Has no effect the second time, or if the client is gone. */
    public void release() {
        answer.complete(planned);
    }

    /**
     * Sends another answer than the planned one.
     *
     * @param other the answer
     * @return {@code false} if it is too late: an answer was sent, or the client is gone
     */
    public boolean release(Answer other) {
        return answer.complete(other);
    }

    /**
     * Registers what happens when the client closes the connection while this answer is held.
     *
     * @param action runs at most once, on a thread of the server
     */
    public void whenAbandoned(Runnable action) {
        answer.whenComplete((given, failure) -> {
            if (failure instanceof CancellationException) {
                action.run();
            }
        });
    }

    /**
     * Says which request this answers, so that the end of its connection abandons this answer. The server does that with the
     * answer of a {@link Responder}. A responder whose answer other threads may release before the server has it calls this
     * first: otherwise a release could go to a client that is gone.
     *
     * @param request the request
     */
    public void answers(ReceivedRequest request) {
        request.whenGone(this::abandon);
    }

    /** The client has gone. */
    private void abandon() {
        answer.cancel(false);
    }

    /** Waits for the release. Throws {@link CancellationException} if the client went away. */
    Answer await() throws InterruptedException {
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            Answer last = atLimit.get();
            return answer.complete(last) ? last : answer.join();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
    }
}
