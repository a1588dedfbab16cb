package dev.bayeux.core.session;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnAuthenticationFailure;
import dev.bayeux.api.OnServerDisconnect;
import java.time.Duration;
import java.util.List;

/**
 * What of a client's settings decides what it does next.
 *
 * @param connectionTypes what the client can use, in its order; not empty
 * @param endpoints where the server is, in order; not empty
 * @param replyTimeout the network delay allowance
 * @param backoff waits and ends
 * @param onServerDisconnect whether to obey when the server ends the session
 * @param onAuthenticationFailure whether a client that was connected goes on when it is refused for who it is
 * @param longestServerWait the longest wait that the server may ask for
 * @param hasCredentials whether fresh credentials can be asked for
 * @param acknowledges whether deliveries are acknowledged if the server wants that
 * @param anyConnectIsHeld whether the server may hold a connect that asks to be answered at once
 */
public record SessionSettings(List<String> connectionTypes, List<Endpoint> endpoints, Duration replyTimeout,
        Backoff backoff, OnServerDisconnect onServerDisconnect, OnAuthenticationFailure onAuthenticationFailure,
        Duration longestServerWait, boolean hasCredentials, boolean acknowledges, boolean anyConnectIsHeld) {

    /** Copies the lists. */
    public SessionSettings {
        connectionTypes = List.copyOf(connectionTypes);
        endpoints = List.copyOf(endpoints);
    }

    /** For a server that answers at once when it is asked to. */
    public SessionSettings(List<String> connectionTypes, List<Endpoint> endpoints, Duration replyTimeout,
            Backoff backoff, OnServerDisconnect onServerDisconnect, boolean hasCredentials, boolean acknowledges) {
        this(connectionTypes, endpoints, replyTimeout, backoff, onServerDisconnect, OnAuthenticationFailure.RETRY,
                Duration.ofHours(1), hasCredentials, acknowledges, false);
    }

    SessionSettings with(OnAuthenticationFailure newAction) {
        return new SessionSettings(connectionTypes, endpoints, replyTimeout, backoff, onServerDisconnect, newAction,
                longestServerWait, hasCredentials, acknowledges, anyConnectIsHeld);
    }
}
