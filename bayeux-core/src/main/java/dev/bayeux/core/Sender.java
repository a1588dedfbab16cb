package dev.bayeux.core;

import dev.bayeux.core.message.MessageWriter;
import java.time.Duration;

/**
 * Sends what waits beside the heartbeat, one batch after the other: with the heartbeat there are never more than two
 * requests under way (C-48, C-50). Runs on the thread "send", which exists while there is something to send.
 */
final class Sender {

    private final Session session;
    private final Duration replyTimeout;

    Sender(Session session, Duration replyTimeout) {
        this.session = session;
        this.replyTimeout = replyTimeout;
    }

    void sendAll() {
        for (Exchange next = session.beginSending(); next != null; next = session.beginSending()) {
            next.link().carry(next, MessageWriter.batch(next.requests(), next.clientId()), replyTimeout);
        }
    }
}
