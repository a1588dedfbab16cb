package dev.bayeux.core.protocol;

import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One channel or pattern as the server knows it, however many subscribers it has in this client; they share its one
 * outcome (C-63).
 */
final class ServerSubscription {

    private final String channel;
    private final List<Subscriber> subscribers = new ArrayList<>(1);
    private final @Nullable ChannelPosition position;
    private SubscriptionState state = SubscriptionState.REQUESTED;
    private @Nullable SubscribeException failure;
    private @Nullable Request request;
    private boolean wasActive;
    private int refusals;
    private long retryAtNs = Long.MAX_VALUE;
    /** Whether the reply to a request of this session was lost, so that the server may have accepted it. */
    private boolean unanswered;

    ServerSubscription(String channel, @Nullable ChannelPosition position) {
        this.channel = channel;
        this.position = isSent() ? position : null;
        if (!isSent()) {
            accept();
        }
    }

    /** Service channels need no subscribe request, and Faye refuses one (C-69). */
    boolean isSent() {
        return !channel.startsWith(Fields.SERVICE);
    }

    String channel() {
        return channel;
    }

    /** The positions of the channel; {@code null} without replay. */
    @Nullable
    ChannelPosition position() {
        return position;
    }

    /** Whether a session has delivered the channel before. */
    boolean wasActive() {
        return wasActive;
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    boolean hasEstablished() {
        return subscribers.stream().anyMatch(Subscriber::isEstablished);
    }

    SubscriptionState state() {
        return state;
    }

    boolean isActive() {
        return state == SubscriptionState.ACTIVE;
    }

    @Nullable
    SubscribeException failure() {
        return failure;
    }

    /** {@return the request that the server has not answered, {@code null} if there is none} */
    @Nullable
    Request request() {
        return request;
    }

    boolean isFor(Request answered) {
        return request == answered;
    }

    /** Whether the server was asked and has not answered. */
    boolean isAsked() {
        return request != null;
    }

    /** Whether the server may know the subscription, although it has not accepted it: no answer has arrived. */
    boolean isUncertain() {
        return request != null || unanswered;
    }

    /** Whether the server may have accepted an earlier request of this session, the reply to which the client has not received. */
    boolean isUnanswered() {
        return unanswered;
    }

    /** Requests the subscription again in the same session, although the server has not answered the last request. */
    void restore(Request newRequest) {
        unanswered |= request != null && request.isSent();
        ask(newRequest);
    }

    void ask(Request newRequest) {
        request = newRequest;
        state = SubscriptionState.REQUESTED;
        retryAtNs = Long.MAX_VALUE;
    }

    void accept() {
        request = null;
        unanswered = false;
        failure = null;
        state = SubscriptionState.ACTIVE;
        wasActive = true;
        refusals = 0;
        if (position != null) {
            position.accepted();
        }
    }

    void reject(SubscribeException why) {
        request = null;
        failure = why;
        state = SubscriptionState.REJECTED;
    }

    /** The server has refused it for a passing reason, or its answer was lost. */
    void retryAt(long atNs, SubscribeException why, boolean lost) {
        request = null;
        failure = why;
        retryAtNs = atNs;
        unanswered |= lost;
    }

    /** How often in a row the server has refused it for a passing reason, or not answered, with this time. */
    int refused() {
        refusals++;
        return refusals;
    }

    /** When the client asks the server again; {@link Long#MAX_VALUE} if it need not. */
    long retryAtNs() {
        return retryAtNs;
    }

    /** Records that the session has ended, and with it the subscription and the answer to a request. */
    void forget() {
        request = null;
        unanswered = false;
        failure = null;
        retryAtNs = Long.MAX_VALUE;
        if (isSent()) {
            state = SubscriptionState.REQUESTED;
        }
    }
}
