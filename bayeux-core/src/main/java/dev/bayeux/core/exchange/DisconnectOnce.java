package dev.bayeux.core.exchange;

import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.MessageWriter;
import dev.bayeux.core.message.OutgoingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.transport.Carrier;
import java.time.Duration;
import java.util.List;

/** Disconnects sessions that the client does not use, with one request each. If a request fails, the session expires on the server. */
record DisconnectOnce(ExtensionChain extensions, Duration limit) {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    /** Sends one request. Does not fetch new credentials, which could take long. */
    void send(Carrier carrier, String connectionType, String clientId, String id) throws InterruptedException {
        Request disconnect = Request.ofDisconnect();
        disconnect.assignId(id);
        List<OutgoingMessage> leaving = extensions.outgoing(List.of(OutgoingMessage.of(disconnect, clientId)))
                .messages();
        if (!leaving.isEmpty()) {
            carrier.sendOnce(connectionType, MessageWriter.batch(leaving, limit));
        }
    }

    /** Logs a failure. Never throws, though the log can be the program's. */
    static void debug(String what, Throwable why) {
        try {
            LOG.log(System.Logger.Level.DEBUG, what, why);
        } catch (Throwable logFailed) {
            // The log itself has failed.
        }
    }
}
