package dev.bayeux.core.delivery;

import dev.bayeux.api.ChannelRules;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Request;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One channel or pattern as the server knows it, however many subscribers it has here; they all share its one outcome
 * (C-63). Guarded by the session's lock.
 */
final class WireSubscription {

    private final String channel;
    private final List<LocalSubscription<?>> locals = new ArrayList<>(1);
    private SubscriptionState state = SubscriptionState.REQUESTED;
    private @Nullable SubscribeException failure;
    private final @Nullable PositionTrack track;
    private @Nullable Request request;
    private boolean wasActive;

    WireSubscription(String channel, @Nullable PositionTrack track) {
        this.channel = channel;
        this.track = isSent() ? track : null;
        if (!isSent()) {
            accepted();
        }
    }

    /** Service channels need no request, and Faye refuses one (C-69). */
    boolean isSent() {
        return !channel.startsWith(Fields.SERVICE);
    }

    String channel() {
        return channel;
    }

    /** How far it has come, {@code null} if nobody wants to know. */
    @Nullable
    PositionTrack track() {
        return track;
    }

    /** Whether a message on that channel belongs to it. */
    boolean matches(String concrete) {
        return channel.equals(concrete)
                || ChannelRules.isPattern(channel) && Routes.keys(concrete, channel.length()).contains(channel);
    }

    /** Whether a session has delivered it before. */
    boolean wasActive() {
        return wasActive;
    }

    List<LocalSubscription<?>> locals() {
        return locals;
    }

    SubscriptionState state() {
        return state;
    }

    @Nullable
    SubscribeException failure() {
        return failure;
    }

    boolean isFor(Request answered) {
        return request == answered;
    }

    boolean isUnderWay() {
        return request != null;
    }

    /** Makes the request that asks the server. */
    Request ask(JsonObject ext) {
        state = SubscriptionState.REQUESTED;
        request = Request.ofSubscription(Request.Kind.SUBSCRIBE, channel, ext);
        return request;
    }

    void accepted() {
        request = null;
        failure = null;
        state = SubscriptionState.ACTIVE;
        wasActive = true;
        if (track != null) {
            track.accepted();
        }
    }

    void rejected(SubscribeException why) {
        request = null;
        failure = why;
        state = SubscriptionState.REJECTED;
    }

    /** The session that knew it is gone; what is under way is not answered any more. */
    void forgotten() {
        request = null;
        if (isSent()) {
            state = SubscriptionState.REQUESTED;
        }
    }
}
