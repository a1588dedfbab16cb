package dev.bayeux.api.extension;

import org.jspecify.annotations.Nullable;

/**
 * Sees every message that one client sends and receives, and may add to it, change its data, or hold it back (Bayeux
 * 1.0, "ext"; protocol.md C-116 to C-118). This includes meta messages.
 *
 * <p><b>One for each client.</b> An instance belongs to one client; a second client cannot be built with it. The
 * instance outlives sessions, so that its knowledge (a clock's offset, for example) is not lost with them, and the client
 * calls it when sessions change. It must forget whatever belongs to a session at {@link SessionChange.Ended}.
 *
 * <p><b>Order.</b> Incoming messages pass the extensions in the order in which they were given to the builder, outgoing
 * messages in reverse. The first extension is nearest to the network.
 *
 * <p><b>Threads.</b> The client calls extensions on separate virtual threads, one call at a time over all its
 * extensions. Each sees the changes of the one before. The session waits meanwhile, so an extension must wait for
 * nothing. The client interrupts and abandons a call that takes longer than {@link dev.bayeux.api.Timeouts#reply()},
 * and leaves that extension out from then on, unless it {@linkplain #isRequired() is required}.
 *
 * <p><b>Errors.</b> {@link dev.bayeux.api.ClientEvent.ExtensionFailed} reports what an extension throws. The message
 * then continues unchanged. But an outgoing publish, call or subscribe fails instead, since it may lack something that
 * it needs, such as a signature. A subscribe that restores a subscription in a new session is retried with a backoff: the
 * subscription stays. An extension that guards messages, such as a verifier of signatures, must be required:
 * otherwise a message at which it fails reaches the program.
 */
public interface Extension {

    /**
     * {@return a name for logs and events, not empty; by default the simple name of the class, or of an anonymous class
     * the end of its full name, such as {@code Shop$1}}
     */
    default String name() {
        String simple = getClass().getSimpleName();
        String full = getClass().getName();
        return simple.isEmpty() ? full.substring(full.lastIndexOf('.') + 1) : simple;
    }

    /**
     * Says whether every message must pass this extension. The client drops and reports a message at which a required
     * extension fails: because it throws, returns another message, or takes too long. A request then fails with
     * {@link dev.bayeux.api.error.HeldBackException} as the cause, a handshake or connect counts as a failed attempt,
     * and an incoming message counts as not received. An extension that took too long is not left out. Until its call
     * has returned, every message fails in the same way. Then the client calls it again, first with the session changes
     * that it has missed.
     *
     * @return {@code false} unless overridden; the same at each call
     */
    default boolean isRequired() {
        return false;
    }

    /**
     * Handles a message before it is sent, with its id and client id.
     *
     * @param message the message, with the changes of the extensions before
     * @return this message, or one derived from it, and no other; {@code null} holds it back: a request then fails with
     *         {@link dev.bayeux.api.error.HeldBackException} as the cause, a handshake or connect counts as a failed
     *         attempt
     */
    default @Nullable BayeuxMessage outgoing(BayeuxMessage message) {
        return message;
    }

    /**
     * Handles a message that has arrived, before the client does.
     *
     * @param message the message, with the changes of the extensions before
     * @return this message, or one derived from it; {@code null} drops it as if it had never arrived
     */
    default @Nullable BayeuxMessage incoming(BayeuxMessage message) {
        return message;
    }

    /**
     * Handles the begin or end of a session, or a failed handshake. Called after the message that caused it was
     * handled, and before the next message.
     *
     * @param change the change
     */
    default void sessionChanged(SessionChange change) {
        // Of no interest to most.
    }
}
