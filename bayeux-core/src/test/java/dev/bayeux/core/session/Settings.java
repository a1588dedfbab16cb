package dev.bayeux.core.session;

import static dev.bayeux.core.session.TestClient.BACKOFF;
import static dev.bayeux.core.session.TestClient.SETTINGS;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnServerDisconnect;
import java.net.URI;
import java.util.List;

/** Settings that differ from {@link TestClient#SETTINGS} in one thing. */
final class Settings {

    /** Of hosts a to c. */
    static final List<Endpoint> THREE = List.of(at("a"), at("b"), at("c"));

    private Settings() {
    }

    private static Endpoint at(String host) {
        return Endpoint.of(URI.create("http://%s.example/bayeux".formatted(host)));
    }

    static SessionSettings endpoints(List<Endpoint> endpoints) {
        return new SessionSettings(SETTINGS.connectionTypes(), endpoints, SETTINGS.replyTimeout(), BACKOFF,
                OnServerDisconnect.STOP, false, true);
    }

    static SessionSettings withCredentials() {
        return new SessionSettings(SETTINGS.connectionTypes(), TestClient.ENDPOINTS, SETTINGS.replyTimeout(), BACKOFF,
                OnServerDisconnect.STOP, true, true);
    }

    static SessionSettings reconnecting() {
        return new SessionSettings(SETTINGS.connectionTypes(), TestClient.ENDPOINTS, SETTINGS.replyTimeout(), BACKOFF,
                OnServerDisconnect.RECONNECT, false, true);
    }

    static SessionSettings types(String... types) {
        return new SessionSettings(List.of(types), TestClient.ENDPOINTS, SETTINGS.replyTimeout(), BACKOFF,
                OnServerDisconnect.STOP, false,
                true);
    }

    static SessionSettings typesAndEndpoints(List<String> types, List<Endpoint> endpoints) {
        return new SessionSettings(types, endpoints, SETTINGS.replyTimeout(), BACKOFF, OnServerDisconnect.STOP, false,
                true);
    }

    static SessionSettings backoff(Backoff backoff) {
        return new SessionSettings(SETTINGS.connectionTypes(), TestClient.ENDPOINTS, SETTINGS.replyTimeout(), backoff,
                OnServerDisconnect.STOP, false, true);
    }
}
