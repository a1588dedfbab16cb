package dev.bayeux.core.delivery;

import dev.bayeux.core.message.IncomingMessage;

/** A message for subscribers. */
class Delivery {

    private final long number;
    private final IncomingMessage message;

    /**
     * As it has arrived.
     *
     * @param number counts what this client was delivered: the order of handling is told by it, never by the server's ids
     * @param message what arrived
     */
    Delivery(long number, IncomingMessage message) {
        this.number = number;
        this.message = message;
    }

    /** One whose time is told to those who look. */
    static final class Watched extends Delivery {

        private final long arrivedNs;

        Watched(long number, IncomingMessage message, long arrivedNs) {
            super(number, message);
            this.arrivedNs = arrivedNs;
        }

        long arrivedNs() {
            return arrivedNs;
        }
    }

    final long number() {
        return number;
    }

    final IncomingMessage message() {
        return message;
    }

    final String channel() {
        return String.valueOf(message.channel());
    }

    final String data() {
        return String.valueOf(message.data());
    }
}
