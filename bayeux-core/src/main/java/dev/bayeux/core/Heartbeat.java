package dev.bayeux.core;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionAction;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.transport.CredentialsHolder;
import dev.bayeux.core.transport.CredentialsHolder.CredentialsUnavailableException;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Keeps the session alive: sends each handshake and connect, waits for its end, and asks what comes next. One thread
 * does all of them, so there is never more than one under way (C-09, C-18). Runs on the thread "session", from connect
 * to the end of the session.
 */
final class Heartbeat {

    private final Session session;
    private final Link link;
    private final CredentialsHolder credentials;
    private final HandshakeFields fields;
    private final Duration replyTimeout;
    private long endedNs;

    Heartbeat(Session session, Link link, CredentialsHolder credentials, HandshakeFields fields,
            Duration replyTimeout) {
        this.session = session;
        this.link = link;
        this.credentials = credentials;
        this.fields = fields;
        this.replyTimeout = replyTimeout;
    }

    void beat() {
        endedNs = session.runtime().nanoTime();
        boolean alive = true;
        while (alive) {
            try {
                switch (session.pacing().next(link, endedNs)) {
                    case SendHandshake handshake -> handshake(handshake);
                    case SendConnect connect -> connect(connect);
                    case SessionAction end -> alive = false;
                }
            } catch (InterruptedException interrupted) {
                // Nobody interrupts this thread to end it: what comes next is asked again.
            }
        }
    }

    private void handshake(SendHandshake handshake) {
        Exchange exchange = session.exchanges().beginBeat(Kind.HANDSHAKE, handshake.id(), handshake.connectionType());
        if (exchange == null) {
            return;
        }
        OutgoingMessage message;
        try {
            // Asked afresh for each handshake (C-03).
            JsonObject proof = credentials.get().ext();
            message = fields.handshake(handshake.id(), session.usableConnectionTypes(), proof);
        } catch (CredentialsUnavailableException unavailable) {
            fail(exchange, "The credentials source failed: " + unavailable.getCause(), unavailable.getCause());
            return;
        } catch (InterruptedException abandoned) {
            fail(exchange, "The handshake was given up.", abandoned);
            return;
        } catch (Throwable failed) {
            // Whatever the program's code throws, this thread must live: nobody else would try again.
            fail(exchange, "The handshake's fields could not be had: " + failed, failed);
            return;
        }
        link.carry(exchange, () -> List.of(message), replyTimeout);
        endedNs = session.runtime().nanoTime();
    }

    private void fail(Exchange exchange, String message, Throwable cause) {
        session.exchanges().failed(exchange, new HandshakeException(FailureKind.TRANSIENT, message, cause));
        session.exchanges().leave(exchange);
    }

    private void connect(SendConnect connect) {
        Exchange exchange = session.exchanges().beginBeat(Kind.CONNECT, connect.id(), connect.connectionType());
        if (exchange != null) {
            link.carry(exchange, () -> List.of(OutgoingMessage.connect(connect.id(), connect.clientId(),
                    connect.connectionType(), connect.atOnce(), fields.connectExt(connect.acknowledged()))),
                    Duration.ofMillis(connect.limitMs()));
            endedNs = session.runtime().nanoTime();
        }
    }
}
