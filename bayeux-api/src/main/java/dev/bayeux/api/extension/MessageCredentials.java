package dev.bayeux.api.extension;

import dev.bayeux.api.spi.BayeuxMessage;
import dev.bayeux.api.spi.Extension;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Puts members into the {@code ext} of chosen messages, by which the server sees that we may send them: a token or a
 * signature for each subscribe or publish, as extensions of Faye servers want it (protocol.md 6.7).
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="credentials"}
 *
 * <p>The function is asked for each message when it is sent, and again when a subscription is restored, so that it sees
 * the message's own id and the present session's client id. If it throws, a publish, call or subscribe fails and is not
 * sent. It is called where the session waits: what it needs it has at hand.
 *
 * <p><b>Required.</b> No message that was chosen leaves without its credentials: what the source fails at is not sent
 * ({@link Extension#isRequired()}).
 *
 * <p><b>Secrets leak with publishes.</b> A server may pass on the {@code ext} of a publish to all subscribers: CometD and
 * Faye servers do, unless an extension of the server takes it out, and nothing shows the client whether one does. Put a
 * password or a token that can be used again into publishes only if you know your server. A signature of the one
 * message, with its id or a time in it, does no harm there.
 *
 * <p>What proves who we are once for all belongs into the handshake or into headers:
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
     * For each subscribe; its channel is in {@link BayeuxMessage#subscriptions()}.
     *
     * @param source gives what to add to {@code ext}; an empty object adds nothing
     * @return an extension for one client
     */
    public static MessageCredentials forSubscribes(Function<BayeuxMessage, JsonObject> source) {
        return of(message -> message.channel().equals(SUBSCRIBE), source);
    }

    /**
     * For each publish and call. Mind the leak described above.
     *
     * @param source gives what to add to {@code ext}; an empty object adds nothing
     * @return an extension for one client
     */
    public static MessageCredentials forPublishes(Function<BayeuxMessage, JsonObject> source) {
        return of(message -> !message.isMeta(), source);
    }

    /**
     * For any choice of messages, meta messages among them.
     *
     * @param chosen picks messages on their way out
     * @param source gives what to add to {@code ext}, in place of members of the same name; an empty object adds nothing
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
