package dev.bayeux.core;

import java.time.Duration;

/**
 * Sends what waits beside the heartbeat, one batch after the other: with the heartbeat there are never more than two
 * requests under way (C-48, C-50). Runs on the thread "send", which exists while there is something to send.
 */
final class Sender {

    private final Exchanges exchanges;
    private final Duration replyTimeout;

    Sender(Exchanges exchanges, Duration replyTimeout) {
        this.exchanges = exchanges;
        this.replyTimeout = replyTimeout;
    }

    void sendAll() {
        for (Exchange next = exchanges.beginSending(); next != null; next = exchanges.beginSending()) {
            Exchange batch = next;
            batch.link().carry(batch, batch::messages, replyTimeout);
        }
    }
}
