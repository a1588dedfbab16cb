package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.BrokenDeliveryException;
import dev.bayeux.core.message.ReplayId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the positions of each channel: of the last message that arrived, was handled, and can be saved (C-119). */
final class ReplayPositions {

    private final Effects effects;
    private final ReplayExtension replay;
    private final SubscriptionTable table;
    /** The last response that was too large or had a broken delivery, {@code null} if a delivery has arrived since. */
    private @Nullable BayeuxException unreadable;

    ReplayPositions(Effects effects, ReplayExtension replay, SubscriptionTable table) {
        this.effects = effects;
        this.replay = replay;
        this.table = table;
    }

    /** Returns whether a new session redelivers the messages that a subscription may have missed. */
    boolean isAny() {
        return replay.isOffered() && table.all().stream().anyMatch(each -> each.position() != null);
    }

    /** Records that a subscriber stopped before a message that it has not handled: no later position is saved. */
    void hold(Subscriber subscriber) {
        for (ServerSubscription server : table.of(subscriber)) {
            if (server.position() != null) {
                server.position().hold(subscriber.handledUpTo());
            }
        }
    }

    /**
     * Records that a response is lost; returns whether the session continues. If it was too large or had a broken delivery,
     * if the one before it failed in the same way, and if no delivery came between the two, then a server that replays would
     * send it for ever. The channels then continue after it, and an event reports the gap. If a network has cut a response
     * off, or a proxy has replaced it, the next one may be whole.
     */
    boolean passesUnreadable(BayeuxException failure) {
        BrokenDeliveryException broken = BrokenDeliveryException.of(failure);
        if (broken == null && !isTooLarge(failure)) {
            return false;
        }
        boolean again = broken == null
                ? isTooLarge(unreadable)
                : broken.isSameAs(BrokenDeliveryException.of(unreadable));
        unreadable = again ? null : failure;
        if (again) {
            for (ServerSubscription each : table.all()) {
                ChannelPosition position = each.position();
                if (position != null) {
                    effects.report(ReplayExtension.gap(each.channel(), position.position(), Optional.of(Position.TIP),
                            Reason.UNREADABLE, failure));
                }
            }
        }
        return again;
    }

    private static boolean isTooLarge(@Nullable BayeuxException failure) {
        return failure instanceof TransportException transport && transport.problem() == Problem.TOO_LARGE;
    }

    void arrived(String channel, long number, String data) {
        if (replay.isOn()) {
            unreadable = null;
            for (ServerSubscription each : table.routes().matching(channel)) {
                if (each.position() != null) {
                    each.position().arrived(number, data);
                }
            }
        }
    }

    /** Finds the positions that can be saved after a subscriber has handled a message. */
    void handled(Input.Handled handled) {
        Subscriber by = handled.subscriber();
        by.handledUpTo(handled.number());
        for (ServerSubscription server : table.of(by)) {
            ChannelPosition position = server.position();
            if (position == null) {
                continue;
            }
            if (Routes.matches(server.channel(), handled.channel())) {
                ReplayId.Found found = handled.replayId();
                found.position().ifPresent(each -> position.handled(by, handled.number(), each));
                if (found.unusable() != null && position.isFirstUnusable()) {
                    effects.report(ReplayExtension.unusable(server.channel(), found.unusable()));
                }
            }
            ChannelPosition.Handled due = position.takeDue(server.subscribers(), by);
            if (due != null) {
                handled.savings().add(new Input.Saving(server.channel(), due.number(), due.position()));
            }
            if (!server.subscribers().contains(by)) {
                position.forget(by);
            }
        }
    }
}
