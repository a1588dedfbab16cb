package dev.bayeux.core.session;

import dev.bayeux.api.error.ServerError;
import dev.bayeux.core.message.Advice;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server says, before it is known on which channel and to which request. */
record Reply(@Nullable Boolean successful, String error, @Nullable String clientId, @Nullable Advice advice,
        @Nullable List<String> types, int xMessages) {

    /** A reply that says yes and nothing else. */
    static Reply yes() {
        return new Reply(true, "", null, null, null, 0);
    }

    /** A reply that says no, and why. */
    static Reply no(String error) {
        return new Reply(false, error, null, null, null, 0);
    }

    /** A message that is no reply. */
    static Reply neither() {
        return new Reply(null, "", null, null, null, 0);
    }

    Reply clientId(@Nullable String id) {
        return new Reply(successful, error, id, advice, types, xMessages);
    }

    Reply offering(String... offered) {
        return new Reply(successful, error, clientId, advice, List.of(offered), xMessages);
    }

    Reply xMessages(int count) {
        return new Reply(successful, error, clientId, advice, types, count);
    }

    Reply advice(@Nullable Advice newAdvice) {
        return new Reply(successful, error, clientId, newAdvice, types, xMessages);
    }

    /** With an advice of just this word; null is an advice whose word is unknown or missing. */
    Reply reconnect(@Nullable Reconnect word) {
        Advice old = known();
        return advice(new Advice(word, old.intervalMs(), old.timeoutMs(), old.maxIntervalMs(), old.multipleClients(),
                old.hosts()));
    }

    Reply interval(long ms) {
        Advice old = known();
        return advice(new Advice(old.reconnect(), ms, old.timeoutMs(), old.maxIntervalMs(), old.multipleClients(),
                old.hosts()));
    }

    Reply timeout(long ms) {
        Advice old = known();
        return advice(new Advice(old.reconnect(), old.intervalMs(), ms, old.maxIntervalMs(), old.multipleClients(),
                old.hosts()));
    }

    Reply maxInterval(long ms) {
        Advice old = known();
        return advice(
                new Advice(old.reconnect(), old.intervalMs(), old.timeoutMs(), ms, old.multipleClients(), old.hosts()));
    }

    Reply multipleClients() {
        Advice old = known();
        return advice(
                new Advice(old.reconnect(), old.intervalMs(), old.timeoutMs(), old.maxIntervalMs(), true, old.hosts()));
    }

    Reply hosts(String... hosts) {
        Advice old = known();
        return advice(new Advice(old.reconnect(), old.intervalMs(), old.timeoutMs(), old.maxIntervalMs(),
                old.multipleClients(), List.of(hosts)));
    }

    private Advice known() {
        return advice == null ? new Advice(null, null, null, null, null, List.of()) : advice;
    }

    IncomingMessage on(String channel, @Nullable String id) {
        return new IncomingMessage(channel, id, successful, ServerError.parse(error), advice,
                JsonValue.EMPTY_JSON_OBJECT, List.of(), new IncomingMessage.Offered(clientId, types, xMessages), null,
                null);
    }

    /** The reply to a handshake, brought by a full-duplex connection if the client uses the connection type of one. */
    SessionEvent.HandshakeAnswered toHandshake(SessionState state, @Nullable String id) {
        return toHandshake(id, state.connectionType().equals(Optional.of("websocket")));
    }

    SessionEvent.HandshakeAnswered toHandshake(@Nullable String id, boolean fullDuplex) {
        return new SessionEvent.HandshakeAnswered(on(Fields.HANDSHAKE, id), fullDuplex);
    }

    SessionEvent.ConnectAnswered toConnect(@Nullable String id, int deliveries) {
        return new SessionEvent.ConnectAnswered(on(Fields.CONNECT, id), deliveries);
    }

    SessionEvent.Advised toPublish() {
        return new SessionEvent.Advised(on("/chat", "7"));
    }
}
