package dev.bayeux.api.extension;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Shows an outgoing or incoming message to extensions. Immutable: the methods that begin with {@code with} return
 * another message. An extension cannot change the fields of the protocol (channel, ids, results).
 */
public interface BayeuxMessage {

    /**
     * {@return the channel: a meta channel, or the channel of a publish or delivery; empty if the server has named
     * none}
     */
    String channel();

    /** {@return whether the channel is below {@code /meta/}} */
    default boolean isMeta() {
        return channel().startsWith("/meta/");
    }

    /** {@return the id of the request, or of the request that this message answers; empty if there is none} */
    Optional<String> id();

    /**
     * {@return the client id, for signatures; empty if the message has none. It is a secret: anybody who knows it can
     * act as this client}
     */
    Optional<String> clientId();

    /**
     * {@return the field {@code successful} of an incoming message, empty if it has none; always empty for an outgoing
     * message} It does not distinguish a reply from a delivery: a server can put it into a delivery, which the client still
     * delivers. A message on a channel outside {@code /meta/} that has {@linkplain #text() data}, even JSON null, is a
     * delivery, whatever this says; such a message may be the reply to a publish as well (protocol.md C-77).
     */
    Optional<Boolean> successful();

    /** {@return the error of a reply, {@link ServerError#NONE} if there is none} */
    ServerError error();

    /**
     * {@return the channels that a subscribe or unsubscribe, or the reply to one, names}
     */
    List<String> subscriptions();

    /**
     * {@return the data of a publish or delivery as JSON text, empty if it has none} It is the text that the client
     * received, or will send, character by character, unless an extension before this one has replaced it
     * ({@link #withData}). A server may write the same JSON differently when it passes it on.
     */
    Optional<String> text();

    /**
     * {@return the data of a publish or delivery, parsed at each call; empty if it has none}
     */
    Optional<JsonValue> data();

    /**
     * {@return the message's {@code ext}, empty if it has none}
     */
    JsonObject ext();

    /**
     * Adds a member to {@code ext} and keeps the members of others (protocol.md C-118).
     *
     * @param name the member's name; replaces a member of that name
     * @param value the member's value
     * @return the message with the member
     */
    BayeuxMessage withExt(String name, JsonValue value);

    /**
     * Removes a member from {@code ext}.
     *
     * @param name the member's name
     * @return the message without the member
     */
    BayeuxMessage withoutExt(String name);

    /**
     * Replaces the data.
     *
     * @param data any JSON value
     * @return the message with the data
     * @throws IllegalStateException if it is a meta message, which has no data
     */
    BayeuxMessage withData(JsonValue data);

    /**
     * Adds a field to an outgoing message, such as {@code timestamp}.
     *
     * @param name the field's name
     * @param value the field's value
     * @return the message with the field
     * @throws IllegalArgumentException if the field belongs to the protocol
     * @throws IllegalStateException if the message is incoming
     */
    BayeuxMessage withField(String name, JsonValue value);
}
