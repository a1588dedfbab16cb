package dev.bayeux.core.simulation;

import java.util.List;

/** What can be seen on the wire, at the client's end of it. */
interface Wire {

    /** A transport gets a batch; it may not be sent yet. */
    default void taken(List<ClientMessage> messages) {
        // Not every rule cares.
    }

    /** A request was refused for its token, and has not left. */
    default void unauthorized() {
        // Not every rule cares.
    }

    /** A batch leaves; the client waits until {@code untilNs}. */
    default void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        // Not every rule cares.
    }

    /** The socket of a batch has ended before anything was written: the batch goes over the next one. */
    default void moved(List<ClientMessage> messages) {
        // Not every rule cares.
    }

    /** A batch has been written to a socket: only now does the time begin that the answer may take (C-100). */
    default void written(Object transport, List<ClientMessage> messages, long untilNs) {
        // Not every rule cares.
    }

    /** The client does not wait for the response to a batch any more; {@code givenUp} before anything came of it. */
    default void ended(Object transport, List<ClientMessage> messages, boolean givenUp) {
        // Not every rule cares.
    }

    /** A server, or something before it, does not want to be asked again so soon. */
    default void retryAfter(Object transport, List<ClientMessage> messages, long waitNs) {
        // Not every rule cares.
    }

    /** Messages arrive together; what could not be read is not among them. */
    default void arrived(Object transport, List<ServerMessage> messages) {
        // Not every rule cares.
    }

    /** A socket has ended, and the client receives that now; recorded before and after. */
    default void broken(Object transport, long atNs) {
        // Not every rule cares.
    }
}
