package dev.bayeux.api.extension;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Adds members to the {@code ext} of chosen messages, by which the server recognizes that the client may send them: a
 * token or a signature for each subscribe or publish, as extensions of Faye servers require (protocol.md 6.7).
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="credentials"}
 *
 * <p>The client calls the function for each message when it is sent, and again when a subscription is restored, so that
 * the function sees the message's own id and the present session's client id. If the function throws, a publish, call
 * or subscribe fails and is not sent. The session waits for the function, so it must not fetch anything over a network.
 *
 * <p><b>Required.</b> No chosen message leaves without its credentials: if the source fails, the client does not send
 * the message ({@link Extension#isRequired()}).
 *
 * <p><b>Secrets leak with publishes.</b> A server may pass the {@code ext} of a publish on to all subscribers. CometD
 * and Faye servers do, unless an extension of the server removes it, and the client cannot know whether one does. Put a
 * password or a reusable token into publishes only if you know your server. A signature of the one message, with its id
 * or a time in it, does no harm.
 *
 * <p>Credentials for the whole session belong in the handshake or in headers:
 * {@link dev.bayeux.api.ClientBuilder#credentials}.
 */
public final class MessageCredentials implements Extension {

    private static final String SUBSCRIBE = "/meta/subscribe";

    private final Predicate<BayeuxMessage> chosen;
    private final Function<BayeuxMessage, JsonObject> source;

    private MessageCredentials(Predicate<BayeuxMessage> chosen, Function<BayeuxMessage, JsonObject> source) {
        this.chosen = Objects.requireNonNull(chosen, "chosen");
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Makes an extension for each subscribe request; its channels are in {@link BayeuxMessage#subscriptions()}.
     *
     * @param source returns members for {@code ext}; an empty object adds nothing
     * @return an extension for one client
     */
    public static MessageCredentials forSubscribes(Function<BayeuxMessage, JsonObject> source) {
        return of(message -> message.channel().equals(SUBSCRIBE), source);
    }

    /**
     * Makes an extension for each publish and call. Mind the leak described above.
     *
     * @param source returns members for {@code ext}; an empty object adds nothing
     * @return an extension for one client
     */
    public static MessageCredentials forPublishes(Function<BayeuxMessage, JsonObject> source) {
        return of(message -> !message.isMeta(), source);
    }

    /**
     * Makes an extension for any choice of messages, including meta messages.
     *
     * @param chosen chooses outgoing messages
     * @param source returns members for {@code ext}, which replace members of the same name; an empty object adds
     *            nothing
     * @return an extension for one client
     */
    public static MessageCredentials of(Predicate<BayeuxMessage> chosen,
            Function<BayeuxMessage, JsonObject> source) {
        return new MessageCredentials(chosen, source);
    }

    @Override
    public boolean isRequired() {
        return true;
    }

    @Override
    public BayeuxMessage outgoing(BayeuxMessage message) {
        BayeuxMessage proven = message;
        if (chosen.test(message)) {
            for (Map.Entry<String, JsonValue> member : source.apply(message).entrySet()) {
                proven = proven.withExt(member.getKey(), member.getValue());
            }
        }
        return proven;
    }
}
