package dev.bayeux.core.protocol;

import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response or frame that the core is processing.
 *
 * @param exchange which it answers, {@code null} if a full-duplex connection brought it
 * @param messages all of it
 * @param waiting the exchanges that a message without id of the full-duplex connection that brought it may answer
 * @param clientId the session, empty without one: no error text may show it
 * @param nowNs when it was taken
 */
record Reply(@Nullable Exchange exchange, List<IncomingMessage> messages, List<Exchange> waiting, String clientId,
        long nowNs) {

    /** The requests that it answers, none if a full-duplex connection brought it. */
    List<Request> requests() {
        return exchange == null ? List.of() : exchange.requests();
    }
}
