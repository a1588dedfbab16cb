package dev.bayeux.api.spi;

import dev.bayeux.api.error.ServerError;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A message on its way out or in, as extensions see it. Immutable: the methods that begin with {@code with} return
 * another message. What the protocol itself says (channel, ids, results) cannot be changed.
 */
public interface BayeuxMessage {

    /**
     * {@return the channel: a meta channel, or the one it is published to; empty if the server has named none}
     */
    String channel();

    /**
     * {@return whether its channel is one of the protocol's own, below {@code /meta/}}
     */
    default boolean isMeta() {
        return channel().startsWith("/meta/");
    }

    /**
     * {@return the id of the request, or of the one it answers; empty if there is none}
     */
    Optional<String> id();

    /**
     * {@return the session's id, for signatures; empty where the message has none. Whoever knows it can speak as this
     * client}
     */
    Optional<String> clientId();

    /**
     * {@return what a reply says of the request's success, empty if it is no reply}
     */
    Optional<Boolean> successful();

    /**
     * {@return what a reply says beyond that, {@link ServerError#NONE} if nothing}
     */
    ServerError error();

    /**
     * {@return the channels that a subscribe or unsubscribe, or the reply to one, names}
     */
    List<String> subscriptions();

    /**
     * {@return the data of a publish or delivery as JSON text, empty if it has none}
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
     * Adds to {@code ext} and keeps what others have put there (protocol.md C-118).
     *
     * @param name of the member, which takes the place of another of that name
     * @param value of the member
     * @return the message with it
     */
    BayeuxMessage withExt(String name, JsonValue value);

    /**
     * Takes a member out of {@code ext}.
     *
     * @param name of the member
     * @return the message without it
     */
    BayeuxMessage withoutExt(String name);

    /**
     * Gives the message other data.
     *
     * @param data any
     * @return the message with it
     * @throws IllegalStateException if it is a meta message: they have none
     */
    BayeuxMessage withData(JsonValue data);

    /**
     * Adds a field at the top of a message that is on its way out, such as {@code timestamp}.
     *
     * @param name of the field
     * @param value of the field
     * @return the message with it
     * @throws IllegalArgumentException if the field is the protocol's own
     * @throws IllegalStateException if the message is on its way in
     */
    BayeuxMessage withField(String name, JsonValue value);
}
