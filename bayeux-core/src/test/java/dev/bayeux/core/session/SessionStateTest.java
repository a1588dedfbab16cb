package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.session.SessionEvent.DisconnectWanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What others see of the state. */
class SessionStateTest {

    private static Set<String> placesWhere(Predicate<SessionState> condition) {
        return Places.all().entrySet().stream().filter(place -> condition.test(place.getValue().get().state()))
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    @Test
    void onlyOneRequestIsEverAwaited() {
        assertEquals(Set.of("handshaking", "rehandshaking", "session-lost", "connecting", "connected", "unconnected",
                "unrestored", "disconnecting", "disconnect-answered", "abandoning"),
                placesWhere(state -> state.outstanding() != null));
    }

    @Test
    void theRequestOfAnotherPhaseMayStillBeAwaited() {
        TestClient client = TestClient.connected();
        String connect = client.state().outstanding();
        client.happens(new DisconnectWanted(1000));
        assertEquals(connect, client.state().outstanding());
    }

    @Test
    void nextAttemptIsShownOnlyWhileWaitingAfterAFailure() {
        assertEquals(Set.of("rehandshaking-waiting", "unconnected-waiting"),
                placesWhere(state -> state.nextAttemptNs().isPresent()));
        TestClient client = TestClient.connected().lost();
        assertEquals(Optional.of(client.state().wakeAtNs()), client.state().nextAttemptNs());
    }

    @Test
    void clientIdIsThereWhileTheSessionIs() {
        assertEquals(placesWhere(SessionState::hasSession), placesWhere(state -> state.clientId().isPresent()));
        assertFalse(placesWhere(SessionState::hasSession).contains("session-lost"));
        assertTrue(placesWhere(SessionState::hasSession).contains("disconnecting"));
    }

    @Test
    void connectionTypeIsThereUntilTheEnd() {
        assertEquals(Set.of("disconnected", "stopped"), placesWhere(state -> state.connectionType().isEmpty()));
        assertEquals(Set.of("disconnected", "stopped"), placesWhere(SessionState::isOver));
    }

    @Test
    void failuresAndTheirReasonAreShownUntilConnected() {
        TestClient client = TestClient.handshaking(TestClient.SETTINGS).lost().wakes().lost().wakes();
        assertEquals(2, client.state().failures());
        client.handshakeAnswered(Reply.yes().clientId("s1")).restored();
        assertEquals(2, client.state().failures());
        assertTrue(client.state().lastFailure().isPresent());
        client.connectAnswered(Reply.yes());
        assertEquals(0, client.state().failures());
        assertEquals(Optional.empty(), client.state().lastFailure());
    }

    @Test
    void aProgramThatEndsTheAttemptReceivesNoReason() {
        TestClient client = TestClient.handshaking(TestClient.SETTINGS).lost().wakes()
                .happens(new DisconnectWanted(1000));
        assertEquals(Optional.empty(), client.state().lastFailure());
        assertEquals(Optional.empty(), client.wakes().state().lastFailure());
    }

    @Test
    @Tag("C-135")
    void noTextShowsTheClientId() {
        List<String> texts = Places.all().values().stream().map(place -> place.get().state().toString()).toList();
        assertTrue(texts.stream().noneMatch(text -> text.contains("s1")), texts.toString());
    }
}
