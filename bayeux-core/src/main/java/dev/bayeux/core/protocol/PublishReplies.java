package dev.bayeux.core.protocol;

import dev.bayeux.api.error.PublishException;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.Refusal;
import dev.bayeux.core.session.SessionState.Gate;
import java.util.ArrayList;
import java.util.List;

/** Completes publishes and calls with their replies, and retransmits those that the server refused for their session only. */
final class PublishReplies {

    private final Effects effects;
    private final CurrentSession session;
    private final Requests requests;
    private final ReplyMatcher matcher;
    private final List<RefusedForSession> refusedForSession = new ArrayList<>();

    PublishReplies(Effects effects, CurrentSession session, Requests requests) {
        this.effects = effects;
        this.session = session;
        this.requests = requests;
        this.matcher = requests.matcher();
    }

    /** A publish or call that the server did not process, since it did not know the session. */
    private record RefusedForSession(Request request, PublishException failure, boolean orphaned) {}

    void answered(Request request, IncomingMessage message, Reply reply) {
        if (!message.isSuccessful()) {
            if (refuse(request, message, reply)) {
                takeOthers(reply);
            }
        } else if (request.kind() == Kind.CALL) {
            matcher.accepted(request);
        } else {
            effects.add(new Effect.Complete(request, message));
        }
    }

    /**
     * Takes a refusal: the request fails or, if the server did not know the session, waits for {@link #settleRefused}. Returns
     * whether it waits.
     */
    private boolean refuse(Request request, IncomingMessage message, Reply reply) {
        PublishException failure = PublishFailures.refused(request,
                Refusal.of(message, reply.clientId(), session.server()), message);
        // Once: if the server does not know the next session either, the reason is another one.
        boolean forSession = !request.isSentAgain() && Refusal.meansLostSession(message);
        if (forSession) {
            refusedForSession.add(
                    new RefusedForSession(request, failure, requests.orphaned().contains(request)));
        } else {
            effects.fail(request, failure);
        }
        return forSession;
    }

    /**
     * Takes the other replies to publishes before a refusal ends the session. A server often refuses all messages of a batch
     * together, and a message with a reply must not fail as unknown.
     */
    void takeOthers(Reply reply) {
        for (IncomingMessage message : reply.messages()) {
            if (message.successful() != null && !message.isMeta() && message.channel() != null) {
                Request other = matcher.takeFor(message, reply.requests());
                if (other == null || other.kind() == Kind.CALL && message.isSuccessful()) {
                    // The reply was taken already, or is an answer to a call, which fails with the session.
                    continue;
                }
                if (message.isSuccessful()) {
                    effects.add(new Effect.Complete(other, message));
                } else {
                    refuse(other, message, reply);
                }
            }
        }
    }

    /** Takes a delivery, which may answer a call, or a publish to a service. Returns whether it does. */
    boolean answeredBy(IncomingMessage delivery, Reply reply) {
        CallAnswers.Answered calls = matcher.takeCallsFor(delivery);
        if (!calls.clear()) {
            calls.calls().forEach(call -> effects.fail(call, PublishFailures.unclear(call, session.server())));
            return true;
        }
        Request request = calls.calls().isEmpty() ? null : calls.calls().getFirst();
        if (request == null && (delivery.successful() != null || isServiceAnswer(delivery))) {
            request = matcher.takeFor(delivery, reply.requests());
        }
        if (request == null) {
            return false;
        }
        if (Boolean.FALSE.equals(delivery.successful())) {
            answered(request, delivery, reply);
        } else {
            effects.add(new Effect.Complete(request, delivery));
        }
        return true;
    }

    /** POE answers a publish to a service with data and nothing else (C-61). */
    private static boolean isServiceAnswer(IncomingMessage message) {
        return message.id() != null && String.valueOf(message.channel()).startsWith(Fields.SERVICE);
    }

    /**
     * Decides on the requests that the message just taken has refused for their session: each leaves in the next session if
     * there is to be one, since it was certainly not processed.
     */
    void settleRefused(Reply reply) {
        if (refusedForSession.isEmpty()) {
            return;
        }
        boolean sameSession = reply.clientId().equals(session.state().clientId().orElse(null));
        List<Request> again = new ArrayList<>(refusedForSession.size());
        for (RefusedForSession each : refusedForSession) {
            if (sameSession && !each.orphaned()) {
                effects.fail(each.request(), each.failure());
            } else if (session.state().gate() == Gate.REFUSE) {
                effects.fail(each.request(), PublishFailures.notSent(each.request(), each.failure()));
            } else {
                again.add(each.request());
            }
        }
        refusedForSession.clear();
        if (!again.isEmpty()) {
            requests.sendAgain(again);
        }
        effects.viewChanged();
    }
}
