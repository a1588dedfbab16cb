package dev.bayeux.core.delivery;

import dev.bayeux.core.message.IncomingMessage;

/**
 * A message for subscribers.
 *
 * @param number counts what this client was delivered: the order of handling is told by it, never by the server's ids
 * @param message what arrived
 */
record Delivery(long number, IncomingMessage message) {

    String channel() {
        return String.valueOf(message.channel());
    }

    String data() {
        return String.valueOf(message.data());
    }
}
