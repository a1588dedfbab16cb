package dev.bayeux.api;

/**
 * Handles the messages of a subscription. The client calls it for one message of a subscription at a time, in the order
 * of the server. Handlers of different subscriptions run in parallel.
 *
 * @param <T> the type of the data
 */
@FunctionalInterface
public interface MessageHandler<T> {

    /**
     * Handles one message. Runs on a virtual thread of the subscription, never on a thread that the protocol needs. It
     * may block and may call every method of the client.
     *
     * @param message the message
     * @throws Exception any exception: the client reports it as {@link ClientEvent.HandlerFailed} and continues with
     *             the next message, unless the subscription's {@link OnHandlerFailure} says otherwise
     */
    void handle(Message<T> message) throws Exception;
}
