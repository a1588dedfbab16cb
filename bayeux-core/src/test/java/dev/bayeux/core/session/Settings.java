package dev.bayeux.core.session;

import static dev.bayeux.core.session.TestClient.BACKOFF;
import static dev.bayeux.core.session.TestClient.SETTINGS;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.OnServerDisconnect;
import java.util.List;

/** Settings that differ from {@link TestClient#SETTINGS} in one thing. */
final class Settings {

    private Settings() {
    }

    static SessionSettings withCredentials() {
        return new SessionSettings(SETTINGS.connectionTypes(), SETTINGS.replyTimeout(), BACKOFF,
                OnServerDisconnect.STOP, true, true);
    }

    static SessionSettings reconnecting() {
        return new SessionSettings(SETTINGS.connectionTypes(), SETTINGS.replyTimeout(), BACKOFF,
                OnServerDisconnect.RECONNECT, false, true);
    }

    static SessionSettings types(String... types) {
        return new SessionSettings(List.of(types), SETTINGS.replyTimeout(), BACKOFF, OnServerDisconnect.STOP, false,
                true);
    }

    static SessionSettings backoff(Backoff backoff) {
        return new SessionSettings(SETTINGS.connectionTypes(), SETTINGS.replyTimeout(), backoff,
                OnServerDisconnect.STOP, false, true);
    }
}
