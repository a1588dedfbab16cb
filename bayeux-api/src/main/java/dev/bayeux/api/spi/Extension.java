package dev.bayeux.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * Sees every message of one client on its way out and in, and may add to it, change its data, or hold it back (Bayeux
 * 1.0, "ext"; protocol.md C-116 to C-118). Meta messages are seen too.
 *
 * <p><b>One for each client.</b> An instance belongs to one client, from its first connect until the client is closed:
 * it outlives sessions, so that what it knows (a clock's offset, say) is not lost with them, and is told when they
 * change. What it keeps of a session it forgets at {@link SessionChange.Ended}.
 *
 * <p><b>Order.</b> Outgoing messages pass the extensions in the reverse of the order in which they were given to the
 * builder, incoming ones in that order: the first is nearest to the network.
 *
 * <p><b>Threads.</b> Called on virtual threads of the client, one call at a time over all of a client's extensions and
 * each seeing what the one before has written. The session waits meanwhile: nothing here should wait for anything. A call
 * that takes longer than {@link dev.bayeux.api.Timeouts#reply()} is interrupted and given up, and that extension is left
 * out from then on, unless it {@linkplain #isRequired() is required}.
 *
 * <p><b>Errors.</b> What an extension throws is told to the listeners as
 * {@link dev.bayeux.api.ClientEvent.ExtensionFailed}. The message then goes on as it was; but a publish, call or
 * subscribe that is on its way out fails instead, since it would leave without something that it may need, such as a
 * signature. An extension that guards messages, as a verifier of signatures does, must be required: otherwise a message at
 * which it fails is let in.
 */
public interface Extension {

    /**
     * {@return a name for logs and events, not empty; by default the simple name of the class, of an anonymous class the
     * end of its full name, such as {@code Shop$1}}
     */
    default String name() {
        String simple = getClass().getSimpleName();
        String full = getClass().getName();
        return simple.isEmpty() ? full.substring(full.lastIndexOf('.') + 1) : simple;
    }

    /**
     * Whether no message may pass without this extension. A message at which a required extension fails, because it throws,
     * returns another message or takes too long, is dropped and reported: a request fails with
     * {@link dev.bayeux.api.error.HeldBackException} as the reason, a handshake or connect counts as a failed attempt, and
     * a message of the server counts as not received. An extension that took too long is not left out: until its call has
     * returned, every message fails in the same way; then it is called again, at first with the changes of the session that
     * it has missed.
     *
     * @return {@code false} unless overridden; the same at each call
     */
    default boolean isRequired() {
        return false;
    }

    /**
     * Takes a message that is about to be sent, with its id and client id.
     *
     * @param message the message, as it comes from the extensions asked before
     * @return this message, or one made of it, and nothing else; {@code null} holds it back: a request then fails with
     *         {@link dev.bayeux.api.error.HeldBackException} as the reason, a handshake or connect counts as a failed
     *         attempt
     */
    default @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
        return message;
    }

    /**
     * Takes a message that has arrived, before anything else looks at it.
     *
     * @param message the message, as it comes from the extensions asked before
     * @return this message, or one made of it; {@code null} makes as if it had never arrived
     */
    default @Nullable BayeuxMessage incoming(BayeuxMessage message) {
        return message;
    }

    /**
     * Takes the news that a session has begun or ended, or that one could not be had. Comes after the message that
     * brought it has been taken, and before the next one.
     *
     * @param change what has happened
     */
    default void sessionChanged(SessionChange change) {
        // Of no interest to most.
    }
}
