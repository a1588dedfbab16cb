package dev.bayeux.core.exchange;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionAction.SendHandshake;
import dev.bayeux.core.transport.CredentialsHolder;
import dev.bayeux.core.transport.CredentialsHolder.CredentialsUnavailableException;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Sends handshakes and connects, one after the other on one thread, so there is never more than one in flight (C-09, C-18).
 */
record SessionSender(ClientLoop loop, CredentialsHolder credentials, HandshakeFields fields,
        Duration replyTimeout) implements SendThread.Sending {

    @Override
    public void send(Exchange exchange, Connection over, ExchangeRunner runner) {
        if (!loop.ask(new Input.Begin(exchange))) {
            return;
        }
        switch (exchange.action()) {
            case SendHandshake handshake ->
                runner.run(exchange, over, () -> List.of(message(handshake, exchange)), replyTimeout);
            case SendConnect connect -> runner.run(exchange, over,
                    () -> List.of(OutgoingMessage.connect(connect.id(), connect.clientId(), connect.connectionType(),
                            connect.atOnce(), fields.connectExt(connect.acknowledged()))),
                    Duration.ofMillis(connect.limitMs()));
            case null, default -> throw new IllegalArgumentException("Neither a handshake nor a connect");
        }
    }

    private OutgoingMessage message(SendHandshake handshake, Exchange exchange) throws InterruptedException {
        try {
            // Read for each handshake (C-03).
            JsonObject proof = credentials.get().ext();
            return fields.handshake(handshake.id(), exchange.connectionTypes(), proof);
        } catch (CredentialsUnavailableException unavailable) {
            throw new HandshakeException(FailureKind.TRANSIENT,
                    "The credentials source failed: " + unavailable.getCause(), unavailable.getCause());
        } catch (InterruptedException abandoned) {
            throw abandoned;
        } catch (Throwable failed) {
            // The program's code failed; the next handshake may succeed.
            throw new HandshakeException(FailureKind.TRANSIENT,
                    "The source of the handshake's fields failed: " + failed, failed);
        }
    }
}
