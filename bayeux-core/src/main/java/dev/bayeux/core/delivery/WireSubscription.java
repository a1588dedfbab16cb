package dev.bayeux.core.delivery;

import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Request;
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
    private @Nullable Request request;

    WireSubscription(String channel) {
        this.channel = channel;
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
    Request ask() {
        state = SubscriptionState.REQUESTED;
        request = Request.ofSubscription(Request.Kind.SUBSCRIBE, channel);
        return request;
    }

    void accepted() {
        request = null;
        failure = null;
        state = SubscriptionState.ACTIVE;
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
