package dev.bayeux.core.delivery;

import dev.bayeux.core.message.IncomingMessage;

/** A delivery with its number. */
class Delivery {

    private final long number;
    private final IncomingMessage message;

    /**
     * A delivery without a time of arrival. {@code number} counts the deliveries of this client; it orders them, unlike the
     * server's ids.
     */
    Delivery(long number, IncomingMessage message) {
        this.number = number;
        this.message = message;
    }

    /** Makes a delivery with its time of arrival, for metrics and recordings. */
    static final class Timestamped extends Delivery {

        private final long arrivedNs;

        Timestamped(long number, IncomingMessage message, long arrivedNs) {
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
