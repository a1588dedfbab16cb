package dev.bayeux.api;

/**
 * What to do with a message. Called for one message of a subscription after the other, in the order of the server, and
 * never for two at once; those of different subscriptions run side by side.
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
