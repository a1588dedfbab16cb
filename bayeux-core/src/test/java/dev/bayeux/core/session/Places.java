package dev.bayeux.core.session;

import static dev.bayeux.core.session.TestClient.SETTINGS;

import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.SessionEvent.DisconnectEnded;
import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import dev.bayeux.core.session.SessionEvent.SuspendWanted;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Each place where a client can be, and how it gets there. */
final class Places {

    private static final DisconnectWanted DISCONNECT = new DisconnectWanted(Duration.ofSeconds(5).toNanos());

    private Places() {
    }

    static Map<String, Supplier<TestClient>> all() {
        Map<String, Supplier<TestClient>> all = new LinkedHashMap<>();
        all.put("disconnected", () -> new TestClient(SETTINGS));
        all.put("stopped", () -> TestClient.connected().connectAnswered(Reply.no("403::no").reconnect(Reconnect.NONE)));
        all.put("handshaking", () -> TestClient.handshaking(SETTINGS));
        all.put("rehandshaking-waiting", () -> TestClient.handshaking(SETTINGS).lost());
        all.put("rehandshaking", () -> TestClient.handshaking(SETTINGS).lost().wakes());
        all.put("session-lost", () -> TestClient.connected().connectAnswered(lostSession()));
        all.put("receiving", () -> TestClient.handshaking(SETTINGS)
                .handshakeAnswered(Reply.yes().clientId("s1").xMessages(1)));
        all.put("restoring", () -> TestClient.restoring(SETTINGS));
        all.put("handshaken-waiting", () -> TestClient.handshaking(SETTINGS)
                .handshakeAnswered(Reply.yes().clientId("s1").interval(2000)).restored());
        all.put("connecting", () -> TestClient.connecting(SETTINGS));
        all.put("restoring-again", () -> unrestored().connectAnswered(Reply.yes()));
        // After a connect that was answered at once and with nothing, which a delivery makes good again.
        all.put("connected-waiting", () -> TestClient.connected().connectAnswered(Reply.yes().interval(2000)));
        all.put("connected", TestClient::connected);
        all.put("unconnected-waiting", () -> TestClient.connected().lost());
        all.put("unconnected", () -> TestClient.connected().lost().wakes());
        all.put("unrestored", Places::unrestored);
        all.put("disconnecting", () -> TestClient.connected().happens(DISCONNECT));
        all.put("disconnect-answered", () -> TestClient.connected().happens(DISCONNECT).happens(new DisconnectEnded()));
        all.put("disconnecting-idle", () -> TestClient.restoring(SETTINGS).happens(DISCONNECT));
        all.put("abandoning", () -> TestClient.handshaking(SETTINGS).happens(DISCONNECT));
        all.put("suspended", () -> TestClient.connected().happens(new SuspendWanted()));
        all.put("suspended-without", () -> TestClient.handshaking(SETTINGS).happens(new SuspendWanted()));
        return all;
    }

    private static Reply lostSession() {
        return Reply.no("402::session_unknown").reconnect(Reconnect.HANDSHAKE);
    }

    private static TestClient unrestored() {
        return TestClient.restoring(SETTINGS).restoringFailed().wakes();
    }
}
