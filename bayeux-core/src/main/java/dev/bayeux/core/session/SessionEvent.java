package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.IncomingMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that happened. */
public sealed interface SessionEvent {

    /** The program wants a session. */
    record ConnectWanted() implements SessionEvent {}

    /** The program wants the session to end; {@code lingerNs} is how long the server may take to answer. */
    record DisconnectWanted(long lingerNs) implements SessionEvent {}

    /** Everything ends now. */
    record Aborted() implements SessionEvent {}

    /** A reply on {@code /meta/handshake}; counts only if its id is the one awaited. */
    record HandshakeAnswered(IncomingMessage reply) implements SessionEvent {

        /** {@return the id of the session that the reply brings, empty if it brings none (C-04)} */
        public Optional<String> session() {
            return reply.isSuccessful()
                    ? Optional.ofNullable(reply.clientId()).filter(id -> !id.isEmpty())
                    : Optional.empty();
        }
    }

    /**
     * A reply on {@code /meta/connect}; {@code deliveries} is how many of the deliveries that came with it have served a
     * subscriber.
     */
    record ConnectAnswered(IncomingMessage reply, int deliveries) implements SessionEvent {}

    /** A handshake or connect whose reply will not come. */
    record Lost(String id, BayeuxException failure) implements SessionEvent {}

    /** The server has answered all requests that restore subscriptions, with yes or no. */
    record Restored(long serial) implements SessionEvent {}

    /** The requests that restore subscriptions were lost on the way. */
    record RestoringFailed(long serial, BayeuxException failure) implements SessionEvent {}

    /** Any other message that carries advice: a delivery, or a reply to something else (C-24, C-28). */
    record Advised(IncomingMessage message) implements SessionEvent {}

    /** Deliveries have arrived; {@code served} is how many of them had a subscriber. */
    record Delivered(int count, int served) implements SessionEvent {

        /** Each of them had a subscriber. */
        public Delivered(int count) {
            this(count, count);
        }
    }

    /** A reply to a publish, subscribe or unsubscribe request of this session (C-138). */
    record ReplyReceived(IncomingMessage reply) implements SessionEvent {}

    /** The server ends the session (C-96). */
    record ServerDisconnected(IncomingMessage message) implements SessionEvent {}

    /** The disconnect was answered, or its answer will not come. */
    record DisconnectEnded() implements SessionEvent {}

    /** The connection may be dead without a sign of it: the network has changed, or the machine has slept. */
    record ConnectionDoubted() implements SessionEvent {}

    /**
     * A response was lost that may have carried deliveries, and only a new session delivers them again (C-136); the failure
     * is {@code null} if the session knows of it already.
     */
    record DeliveriesMissed(@Nullable BayeuxException failure) implements SessionEvent {}

    /** The program wants no traffic for now. */
    record SuspendWanted() implements SessionEvent {}

    /** The program wants to go on after that. */
    record ResumeWanted() implements SessionEvent {}

    /** {@link SessionState#wakeAtNs()} has come. */
    record TimeReached() implements SessionEvent {}
}
