package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.session.SessionEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides after the reply to a subscribe request, or after its loss: the subscription is active, is requested again later or
 * from another position, or fails. Reports to the session machine when the subscriptions of a session are restored.
 */
final class SubscribeReplies {

    private final Effects effects;
    private final CurrentSession session;
    private final ServerSubscriptions subscriptions;
    private final SubscriptionTable table;
    private final Restoration restoration;
    private final SubscribeRetries retries;

    SubscribeReplies(Effects effects, CurrentSession session, ServerSubscriptions subscriptions,
            SubscribeRetries retries) {
        this.effects = effects;
        this.session = session;
        this.subscriptions = subscriptions;
        this.table = subscriptions.table();
        this.restoration = subscriptions.restoration();
        this.retries = retries;
    }

    /** {@return the subscription that waits for the reply to this request, {@code null} if none does} */
    private @Nullable ServerSubscription waitingFor(Request request) {
        ServerSubscription server = table.get(request.body());
        return server != null && server.isFor(request) ? server : null;
    }

    void accepted(Request request) {
        ServerSubscription server = waitingFor(request);
        if (server != null) {
            server.accept();
            List.copyOf(server.subscribers()).forEach(subscriptions::establishIfActive);
        }
        answered(request);
    }

    void refused(Request request, BayeuxException cause, long nowNs) {
        ServerSubscription server = waitingFor(request);
        if (server != null) {
            ChannelPosition position = server.position();
            if (position != null && RefusedPosition.isAbout(cause)) {
                effects.add(new Effect.ChoosePosition(new RefusedPosition(server.channel(), request,
                        position.position(), (RefusedException) cause)));
            } else if (cause instanceof RefusedException
                    ? cause.kind() == FailureKind.TRANSIENT
                    : server.hasEstablished()) {
                // The client asks until the server accepts or refuses permanently; a waiting caller has a limit.
                SubscribeException failure = failure(server, cause);
                if (server.hasEstablished()) {
                    // No caller waits for it.
                    effects.report(new ClientEvent.AttemptFailed(failure));
                }
                retries.add(server, failure, isLost(cause), nowNs);
            } else {
                fail(server, cause);
            }
        }
        answered(request);
    }

    private static boolean isLost(BayeuxException cause) {
        return cause instanceof TransportException || cause instanceof MalformedMessageException;
    }

    private void answered(Request request) {
        if (restoration.isCompletedBy(request)) {
            session.happened(new SessionEvent.Restored(restoration.serial()));
        }
    }

    /** The request got no reply. If it restores a subscription then the whole restoration has failed. */
    void lost(Request request, BayeuxException cause, long nowNs) {
        if (!restoration.contains(request)) {
            refused(request, cause, nowNs);
        } else if (restoration.failsNow()) {
            subscriptions.restoringFailed();
            session.happened(new SessionEvent.RestoringFailed(restoration.serial(), cause));
        }
    }

    /** Takes the program's answer after the server has refused a position. */
    void positionChosen(RefusedPosition refused, Optional<Position> choice) {
        ServerSubscription server = waitingFor(refused.request());
        ChannelPosition position = server == null ? null : server.position();
        if (server == null || position == null) {
            // The subscription was closed meanwhile, or a new session has subscribed again.
            return;
        }
        Optional<Position> begun = position.mayTryAnother() ? choice : Optional.empty();
        effects.report(ReplayExtension.gap(server.channel(), refused.position(), begun, Reason.REFUSED,
                refused.cause()));
        if (begun.isEmpty()) {
            fail(server, refused.cause());
        } else {
            position.begin(begun.get());
            subscriptions.ask(server);
        }
    }

    /** Takes the answer to an unsubscribe request: the subscription has ended in this client, whatever the server says (C-70). */
    void unsubscribed(Request request) {
        subscriptions.unsubscribed(request);
    }

    /** Takes the loss of an unsubscribe request, or of its reply. */
    void unsubscribeLost(Request request, BayeuxException cause, long nowNs) {
        boolean ignored = cause instanceof HeldBackException held && held.getCause() == null
                || !PublishFailures.isNeverSent(cause) && session.state().status() == ConnectionStatus.CONNECTED;
        boolean retried = subscriptions.unsubscribeLost(request, ignored, nowNs);
        ServerSubscription again = table.get(request.body());
        if (again != null && retried && subscriptions.withdraw(again)) {
            // The earlier subscription ends before the later one begins.
            retries.add(again, failure(again, cause), false, nowNs);
        }
    }

    private static SubscribeException failure(ServerSubscription server, BayeuxException cause) {
        return new SubscribeException(cause.kind(), server.channel(),
                "No subscription to %s. %s".formatted(server.channel(), cause.getMessage()), cause);
    }

    private void fail(ServerSubscription server, BayeuxException cause) {
        SubscribeException failure = failure(server, cause);
        server.reject(failure);
        List<Subscriber> all = List.copyOf(server.subscribers());
        if (!server.hasEstablished()) {
            subscriptions.remove(server);
        }
        if (server.isUnanswered() || !(cause instanceof RefusedException || cause instanceof HeldBackException)) {
            // The server may have accepted the lost request, and would deliver messages without a subscriber.
            subscriptions.unsubscribe(server, true);
        }
        for (Subscriber each : all) {
            if (each.isEstablished()) {
                effects.report(new ClientEvent.SubscriptionRejected(each.subscription(), failure));
            } else {
                subscriptions.reject(each, failure);
            }
        }
    }
}
