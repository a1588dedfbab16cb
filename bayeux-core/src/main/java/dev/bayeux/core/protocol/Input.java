package dev.bayeux.core.protocol;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.ReplayId;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.ProcessingOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An input of {@link ProtocolCore}: a call of the program, a result of the network, or a time that has come. */
public sealed interface Input {

    /** An input that the core answers with yes or no: {@link ProtocolCore#answer()}. */
    sealed interface Question extends Input {
    }

    // The program

    /** The program wants a session. Yes: this call starts an attempt. */
    record Connect() implements Question {}

    /** The program wants the session to end; the server may take {@code lingerNs} to answer. */
    record Disconnect(long lingerNs) implements Input {}

    /** The program suspends the client. */
    record Suspend() implements Input {}

    /** The program resumes the client. */
    record Resume() implements Input {}

    /** The connections may be dead: the network has changed, or the machine has slept. */
    record CheckConnection() implements Input {}

    /** The client ends at once. */
    record Abort() implements Input {}

    /** The client is closed: no later {@link Connect} counts. */
    record Close() implements Input {}

    /** The program wants requests to be sent, all in one batch if its size allows. Yes: all are queued; otherwise all have failed. */
    record Submit(List<Request> requests) implements Question {}

    /**
     * No caller waits for a request any more; {@code forget} if the core must forget it even after it was sent. Yes: the
     * request was still queued, and so will never leave.
     */
    record Withdraw(Request request, boolean forget) implements Question {}

    /** A request before these must be sent once more, so those of them that are still queued fail as not sent. */
    record Postpone(List<Request> requests, BayeuxException why) implements Input {}

    /** Something outside of the core has changed for which callers may wait: the outbox, for example. */
    record OutboxChanged() implements Input {}

    // Subscribers

    /** A subscriber arrives; {@code starts} has the position of each channel, and is empty without replay. */
    record Join(Subscriber subscriber, Map<String, Position> starts) implements Input {}

    /** A subscriber leaves; {@code unhandled} if it stops at a message that it has not handled. */
    record Leave(Subscriber subscriber, boolean unhandled) implements Input {}

    /** All subscribers leave, since the client is closed. */
    record LeaveAll() implements Input {}

    /** The queue of a subscriber is full, so the client must ask the server for less. */
    record QueueFull(Subscriber subscriber) implements Input {}

    /** The queue of a subscriber has room again. */
    record QueueHasRoom(Subscriber subscriber) implements Input {}

    /**
     * A subscriber has handled a message, and all before it. The core adds the positions to be saved now to {@code savings}.
     */
    record Handled(Subscriber subscriber, long number, String channel, ReplayId.Found replayId, List<Saving> savings)
            implements
                Input {}

    /** The position of a subscribed channel or pattern that every subscriber has reached; {@code number} orders them. */
    record Saving(String channel, long number, Position position) {}

    /** The program's answer to {@link Effect.ChoosePosition}; empty if it has none. */
    record PositionChosen(RefusedPosition refused, Optional<Position> choice) implements Input {}

    // The network

    /**
     * Messages have arrived, after the extensions have seen them. A long reply arrives in several slices.
     *
     * @param exchange the exchange that they answer, {@code null} if a full-duplex connection brought them
     * @param connection the number of the connection that brought them
     * @param messages all messages of the reply, in the order in which they are processed (C-137)
     * @param before how many of them keep their order; the rest is processed after them
     * @param from index of the first message of this slice
     * @param to index after the last one
     * @param reading what the reader found besides messages
     * @param taking receives the report that the deliveries went to the subscribers; {@code null} if no reply was
     *            cut off
     */
    record Received(@Nullable Exchange exchange, int connection, List<IncomingMessage> messages, int before, int from,
            int to, MessageReader.Reading reading, CutOffReply.@Nullable Taking taking) implements Input {

        private static final MessageReader.Reading NOTHING = new MessageReader.Reading(List.of(), List.of(), 0, 0,
                null);

        /** A whole reply. */
        public static Received of(@Nullable Exchange exchange, int connection, List<IncomingMessage> messages,
                MessageReader.Reading reading) {
            ProcessingOrder order = ProcessingOrder.of(messages);
            return new Received(exchange, connection, order.messages(), order.before(), 0, messages.size(), reading,
                    null);
        }

        /** An exchange whose reply has arrived in another way. */
        public static Received nothing(Exchange exchange) {
            return new Received(exchange, exchange.connection(), List.of(), 0, 0, 0, NOTHING, null);
        }

        /** {@return the same, of a reply that was cut off or follows one} */
        public Received with(CutOffReply.@Nullable Taking newTaking) {
            return newTaking == null
                    ? this
                    : new Received(exchange, connection, messages, before, from, to, reading, newTaking);
        }

        boolean isFirst() {
            return from == 0;
        }

        boolean isLast() {
            return to == messages.size();
        }

        /** {@return a part of it} */
        public Received slice(int newFrom, int newTo) {
            return new Received(exchange, connection, messages, before, newFrom, newTo, reading, taking);
        }
    }

    /**
     * A thread is about to send a handshake or connect; this is the last time at which the core can prevent it. Yes: send it.
     */
    record Begin(Exchange exchange) implements Question {}

    /**
     * The server has refused the credentials of a request without looking at its messages, as with HTTP status 401. Yes: send
     * the exchange once more, with other credentials.
     */
    record Unauthorized(Exchange exchange) implements Question {}

    /**
     * The thread that sends is about to give an exchange to the transport. Yes: it still may. Until then nothing was sent, and
     * the core may send the requests in another exchange.
     */
    record Leaving(Exchange exchange) implements Question {}

    /** The requests of an exchange are about to be written to a socket that is open: no end of an earlier one concerns them. */
    record Writing(Exchange exchange) implements Input {}

    /**
     * The whole response to a batch has arrived and is not read yet. The server has processed the batch, so the next one may
     * leave while this response is read.
     */
    record Arrived(Exchange exchange) implements Input {}

    /** A part of a frame has arrived over a full-duplex connection: it is alive. */
    record Progressed(int connection) implements Input {}

    /** A full-duplex connection has taken the requests of an exchange; it brings the replies by itself. */
    record Written(Exchange exchange) implements Input {}

    /** An exchange has failed. */
    record Failed(Exchange exchange, BayeuxException failure) implements Input {}

    /** An extension did not let one message of an exchange out; the others leave. */
    record HeldBack(Exchange exchange, String id, HeldBackException why) implements Input {}

    /** The transport of a connection carries so many bytes at once. */
    record Carries(int connection, int maxBatchBytes) implements Input {}

    /** A full-duplex connection has ended; a transport may open another one under the same number. */
    record ConnectionEnded(int connection, TransportException reason) implements Input {}

    // The clock

    /** {@link ProtocolCore#wakeAtNs()} has come. */
    record Time() implements Input {}

    /** No other input waits, and all effects were carried out: requests that may leave now leave. */
    record Flush() implements Input {}
}
