package dev.bayeux.core.protocol;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.Endpoint;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a client that its core needs.
 *
 * @param connectionTypes the transports that the client can use, in its order
 * @param endpoints where the server is, in order
 * @param backoff waits before a refused subscription is retried
 * @param pause how long a full queue may keep the server waiting
 * @param maxQueuedMessages the most requests that wait to be sent
 * @param maxRequestBytes the most bytes of one request with several messages
 * @param draft whether the client speaks to servers older than Bayeux 1.0
 */
public record ProtocolSettings(List<String> connectionTypes, List<Endpoint> endpoints, Backoff backoff, Duration pause,
        int maxQueuedMessages, int maxRequestBytes, boolean draft) {

    /** Copies the lists. */
    public ProtocolSettings {
        connectionTypes = List.copyOf(connectionTypes);
        endpoints = List.copyOf(endpoints);
    }

    public static ProtocolSettings of(ClientConfig config, List<String> connectionTypes) {
        return new ProtocolSettings(connectionTypes, config.endpoints(), config.backoff(), config.timeouts().pause(),
                config.limits().maxQueuedMessages(), config.limits().maxRequestBytes(),
                config.dialect() == Dialect.DRAFT_1);
    }
}
