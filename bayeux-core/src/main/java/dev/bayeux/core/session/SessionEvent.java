package dev.bayeux.core.session;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.core.message.IncomingMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event that the machine takes. */
public sealed interface SessionEvent {

    /** The program wants a session. */
    record ConnectWanted() implements SessionEvent {}

    /** The program ends the session; the server may take {@code lingerNs} to answer. */
    record DisconnectWanted(long lingerNs) implements SessionEvent {}

    /** The client ends at once. */
    record Aborted() implements SessionEvent {}

    /** A reply on {@code /meta/handshake}; counts only with the id of the handshake in flight. */
    record HandshakeAnswered(IncomingMessage reply, boolean fullDuplex) implements SessionEvent {

        /** {@return the client id that the reply brings, empty if it brings none (C-04)} */
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

    /** A handshake or connect failed without a reply. */
    record Lost(String id, BayeuxException failure) implements SessionEvent {}

    /** The server has accepted or refused all requests that restore subscriptions. */
    record Restored(long serial) implements SessionEvent {}

    /** The requests that restore subscriptions were lost. */
    record RestoringFailed(long serial, BayeuxException failure) implements SessionEvent {}

    /** Any other message that carries advice: a delivery, or a reply to something else (C-24, C-28). */
    record Advised(IncomingMessage message) implements SessionEvent {}

    /** Deliveries have arrived; {@code served} of them had a subscriber. */
    record Delivered(int count, int served) implements SessionEvent {

        /** Makes the event for deliveries that all had a subscriber. */
        public Delivered(int count) {
            this(count, count);
        }
    }

    /** A reply to a publish, subscribe or unsubscribe request of this session (C-138). */
    record ReplyReceived(IncomingMessage reply) implements SessionEvent {}

    /** The server ends the session (C-96). */
    record ServerDisconnected(IncomingMessage message) implements SessionEvent {}

    /** The disconnect was answered or has failed. */
    record DisconnectEnded() implements SessionEvent {}

    /** The connections may be dead: the network has changed, or the machine has slept. */
    record ConnectionCheckWanted() implements SessionEvent {}

    /**
     * A lost response may have carried deliveries that only a new session replays (C-136). The failure is {@code null} if the
     * machine has received it already.
     */
    record DeliveriesMissed(@Nullable BayeuxException failure) implements SessionEvent {}

    /** The program suspends the client. */
    record SuspendWanted() implements SessionEvent {}

    /** The program resumes the client. */
    record ResumeWanted() implements SessionEvent {}

    /** {@link SessionState#wakeAtNs()} has come. */
    record TimeReached() implements SessionEvent {}
}
