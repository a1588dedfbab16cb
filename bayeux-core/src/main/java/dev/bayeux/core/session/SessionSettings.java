package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.OnServerDisconnect;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a client that decide about its session.
 *
 * @param connectionTypes the connection types that the client can use, in its order; not empty
 * @param endpoints the servers, in order; not empty
 * @param replyTimeout the network delay allowance
 * @param backoff the waits, and the limits of attempts
 * @param onServerDisconnect whether to stop when the server ends the session
 * @param onAuthenticationFailure whether a client that was connected retries when the server refuses its credentials
 * @param longestServerWait the longest wait that the server may ask for
 * @param hasCredentials whether the client has a credentials source
 * @param acknowledges whether the client acknowledges deliveries if the server offers it
 * @param draft whether the client speaks to servers older than Bayeux 1.0, which may hold a connect that asks for an immediate
 *            answer
 */
public record SessionSettings(List<String> connectionTypes, List<Endpoint> endpoints, Duration replyTimeout,
        Backoff backoff, OnServerDisconnect onServerDisconnect, OnAuthenticationFailure onAuthenticationFailure,
        Duration longestServerWait, boolean hasCredentials, boolean acknowledges, boolean draft) {

    /** Copies the lists. */
    public SessionSettings {
        connectionTypes = List.copyOf(connectionTypes);
        endpoints = List.copyOf(endpoints);
    }

    /** {@return those of a client that can use these connection types, in its order} */
    public static SessionSettings of(ClientConfig config, List<String> connectionTypes, boolean hasCredentials) {
        return new SessionSettings(connectionTypes, config.endpoints(), config.timeouts().reply(), config.backoff(),
                config.onServerDisconnect(), config.onAuthenticationFailure(), config.longestServerWait(),
                hasCredentials, config.acknowledge(), config.dialect() == Dialect.DRAFT_1);
    }

    /** Makes settings for a server that answers at once when a connect asks for it. */
    public SessionSettings(List<String> connectionTypes, List<Endpoint> endpoints, Duration replyTimeout,
            Backoff backoff, OnServerDisconnect onServerDisconnect, boolean hasCredentials, boolean acknowledges) {
        this(connectionTypes, endpoints, replyTimeout, backoff, onServerDisconnect, OnAuthenticationFailure.RETRY,
                Duration.ofHours(1), hasCredentials, acknowledges, false);
    }

    /** The address of the server that a client speaks to, for texts. */
    String server(SessionState state) {
        return endpoints.get(state.endpointChoice().endpoint()).toString();
    }

    SessionSettings with(OnAuthenticationFailure newAction) {
        return new SessionSettings(connectionTypes, endpoints, replyTimeout, backoff, onServerDisconnect, newAction,
                longestServerWait, hasCredentials, acknowledges, draft);
    }
}
