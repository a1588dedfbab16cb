package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.core.session.SessionSettings;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a client that its core needs.
 *
 * @param session those that decide about its session
 * @param pause how long a full queue may keep the server waiting
 * @param maxQueuedMessages the most requests that wait to be sent
 * @param maxRequestBytes the most bytes of one request with several messages
 */
public record ProtocolSettings(SessionSettings session, Duration pause, int maxQueuedMessages, int maxRequestBytes) {

    /** {@return those of a client that can use these connection types, in its order} */
    public static ProtocolSettings of(ClientConfig config, List<String> connectionTypes, boolean hasCredentials) {
        return new ProtocolSettings(SessionSettings.of(config, connectionTypes, hasCredentials),
                config.timeouts().pause(), config.limits().maxQueuedMessages(), config.limits().maxRequestBytes());
    }
}
