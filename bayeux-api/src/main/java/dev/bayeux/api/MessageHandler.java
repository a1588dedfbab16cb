package dev.bayeux.api;

/**
 * What to do with a message.
 *
 * @param <T> the type of the data
 */
@FunctionalInterface
public interface MessageHandler<T> {

    /**
     * Takes one message. Runs on a virtual thread of the subscription, never on one that the protocol needs: it may
     * block and may call every method of the client.
     *
     * @param message what arrived
     * @throws Exception anything: reported as {@link ClientEvent.HandlerFailed}; the next message comes all the same,
     *             unless the subscription's {@link OnHandlerFailure} says otherwise
     */
    void handle(Message<T> message) throws Exception;
}
