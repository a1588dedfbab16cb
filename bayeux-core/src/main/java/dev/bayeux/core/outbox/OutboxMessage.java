package dev.bayeux.core.outbox;

import dev.bayeux.api.PublishReply;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.observe.Timed;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One message in an outbox until it is settled, and the outcomes of its attempts. */
final class OutboxMessage {

    private final @Nullable String key;
    private final String channel;
    private final Supplier<Request> request;
    private final long deadlineNs;
    private final Accepted accepted = new Accepted();
    private final @Nullable Timed timed;
    private volatile boolean settled;
    private int attempts;
    private boolean perhapsProcessed;
    private @Nullable PublishException last;

    /**
     * Makes a message that was not sent yet. Messages with the same {@code key} are sent one after the other; {@code timed}
     * is {@code null} without an observer.
     */
    OutboxMessage(@Nullable String key, String channel, Supplier<Request> request, long deadlineNs,
            @Nullable Timed timed) {
        this.timed = timed;
        this.key = key;
        this.channel = channel;
        this.request = request;
        this.deadlineNs = deadlineNs;
    }

    /** The future that the program holds. */
    static final class Accepted extends CompletableFuture<PublishReply> {

        private volatile Runnable first = () -> {
            // The program does not have the future yet.
        };

        /** Sets an action that runs just before the future completes, whether the outbox or the program completes it. */
        void beforeEnd(Runnable newFirst) {
            first = newFirst;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            first.run();
            return super.cancel(mayInterrupt);
        }

        @Override
        public boolean complete(PublishReply reply) {
            first.run();
            return super.complete(reply);
        }

        @Override
        public boolean completeExceptionally(Throwable failure) {
            first.run();
            return super.completeExceptionally(failure);
        }
    }

    Accepted accepted() {
        return accepted;
    }

    String channel() {
        return channel;
    }

    /** {@return the key of the messages with which it keeps its order, {@code null} without one} */
    @Nullable
    String key() {
        return key;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    /** Whether the message is settled; its future may not be complete yet. */
    boolean isSettled() {
        return settled;
    }

    /** Settles the message; whether it was not settled before. Guarded by the outbox's lock. */
    boolean settle() {
        boolean news = !settled;
        settled = true;
        return news;
    }

    void stop() {
        if (timed != null) {
            timed.stop();
        }
    }

    /** Reports the result to the observer; the caller must hold no lock. */
    void report(@Nullable Throwable failure) {
        Timed.end(timed, failure);
    }

    // Used by the sending thread

    Request newRequest() {
        return request.get();
    }

    int attempts() {
        return attempts;
    }

    /** Records a failed attempt. A message that was not sent made no attempt. */
    void failed(PublishException failure) {
        last = failure;
        attempts += failure.outcome() == Outcome.NOT_SENT ? 0 : 1;
        perhapsProcessed |= failure.outcome() == Outcome.UNKNOWN;
    }

    /** Returns the failure of a message whose refusal is final; the server may have processed an earlier attempt. */
    PublishException refused(PublishException failure) {
        return perhapsProcessed && failure.outcome() != Outcome.UNKNOWN
                ? new PublishException(failure.kind(), Outcome.UNKNOWN, channel,
                        failure.getMessage()
                                + " An earlier attempt was not answered: the server may have processed it.",
                        failure.getCause())
                : failure;
    }

    /** Returns the failure of a message that is not sent again. */
    PublishException givenUp(String why, @Nullable BayeuxException cause) {
        BayeuxException reason = cause == null ? last : cause;
        Outcome outcome = perhapsProcessed ? Outcome.UNKNOWN : last == null ? Outcome.NOT_SENT : last.outcome();
        return new PublishException(reason == null ? FailureKind.TRANSIENT : reason.kind(), outcome, channel,
                "%s The message for %s was %s%s.".formatted(why, channel, sent(),
                        perhapsProcessed ? ", and the server may have processed it" : ""),
                reason);
    }

    private String sent() {
        return attempts == 0 ? "not sent" : attempts == 1 ? "sent once" : "sent %d times".formatted(attempts);
    }
}
