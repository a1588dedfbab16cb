package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import dev.bayeux.core.session.Phase.Handshaking;
import dev.bayeux.core.session.Phase.Live;
import dev.bayeux.core.session.Phase.Receiving;
import dev.bayeux.core.session.SessionAction.ReportFailure;
import dev.bayeux.core.session.SessionEvent.HandshakeAnswered;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides after a handshake has ended: table 4-B, T2 to T6. */
record AfterHandshake(SessionSettings settings, Waits waits, NextRequest next, NewSession newSession, Fallback fallback,
        Failover failover) {

    Transition answered(SessionState state, Handshaking phase, HandshakeAnswered answer, long nowNs) {
        Optional<String> clientId = answer.session();
        return clientId.isPresent()
                ? accepted(state, phase, clientId.get(), answer, nowNs)
                : refused(state, phase, answer.reply(), nowNs);
    }

    /** B1 and B2. Discards all earlier advice before it applies that of the reply (C-10). */
    private Transition accepted(SessionState state, Handshaking phase, String clientId, HandshakeAnswered answer,
            long nowNs) {
        IncomingMessage reply = answer.reply();
        SessionState advised = state.with(StoredAdvice.DEFAULT.merge(reply.advice()));
        if (reply.reconnect() == Reconnect.NONE) {
            return Ending.stop(advised, new DisconnectedException(FailureKind.PERMANENT,
                    "%s accepted the handshake and asked not to connect (advice reconnect: none). The server's log may say why."
                            .formatted(settings.server(state)),
                    null));
        }
        Optional<String> connectionType = choice(state, phase, reply.supportedConnectionTypes());
        if (connectionType.isEmpty()) {
            return Ending.giveUp(advised, new ConfigurationException(
                    "No transport in common with %s: the server offers %s, this client has %s. Add a transport of one of the server's types."
                            .formatted(settings.server(state), reply.supportedConnectionTypes(),
                                    fallback.usable(state))),
                    clientId, phase.connectionType());
        }
        if (answer.fullDuplex() && !connectionType.get().equals(phase.connectionType())) {
            // C-129: some servers know over HTTP only the sessions that were made over HTTP.
            SessionState moved = advised
                    .with(advised.history().transports().withUnusable(advised.use(phase.connectionType())));
            return NewSession.leaving(onAnotherTransport(moved, connectionType.get(), nowNs), moved, clientId,
                    phase.connectionType(), nowNs);
        }
        SessionState made = advised.with(state.history().backoffReset()).with(state.endpointChoice().found());
        Receiving announced = new Receiving(reply.xMessages(), nowNs + settings.replyTimeout().toNanos());
        Live live = new Live(ConnectionStatus.HANDSHAKEN, clientId, connectionType.get(),
                settings.acknowledges() ? Acknowledgement.agreed(reply.ext()) : null, false, nowNs, announced);
        return announced.more() > 0 ? Transition.to(made.in(live)) : next.restore(made, live);
    }

    /** C-05, C-07: the client's first type that the server supports; the present type if the server names none. */
    private Optional<String> choice(SessionState state, Handshaking phase, @Nullable List<String> offered) {
        return offered == null
                ? Optional.of(phase.connectionType())
                : fallback.usable(state).stream().filter(offered::contains).findFirst();
    }

    /** B3 and B4. */
    private Transition refused(SessionState state, Handshaking phase, IncomingMessage reply, long nowNs) {
        SessionState advised = state.with(state.advice().merge(reply.advice()));
        BayeuxException failure = reply.isSuccessful()
                ? new MalformedMessageException("%s accepted the handshake and gave no clientId. Is it a Bayeux server?"
                        .formatted(settings.server(state)), null)
                : Refusal.of(reply, "", settings.server(state));
        if (failure instanceof RefusedException refusal && refusal.kind() == FailureKind.AUTHENTICATION
                && settings.hasCredentials()) {
            return newSession.withFreshCredentials(advised, phase.connectionType(), refusal, nowNs);
        }
        if (reply.reconnect() == Reconnect.NONE) {
            return Ending.stop(advised, failure);
        }
        boolean passes = reply.reconnect() != null && !reply.isSuccessful();
        return again(advised.failed(phase.connectionType(), failure, passes, nowNs), phase, failure, nowNs);
    }

    /** B5. */
    Transition lost(SessionState state, Handshaking phase, BayeuxException failure, long nowNs) {
        SessionState failed = state.failed(phase.connectionType(), failure, false, nowNs);
        Optional<Fallback.Other> other = fallback.afterHandshake(failed, phase.connectionType(), failure, nowNs);
        if (other.isEmpty() || newSession.givingUp().hasTriedEnough(failed, nowNs)) {
            return again(failed, phase, failure, nowNs);
        }
        SessionState moved = other.get().state();
        String connectionType = other.get().connectionType();
        return other.get().untried()
                ? onAnotherTransport(moved, connectionType, nowNs).precededBy(new ReportFailure(failure))
                : again(moved, new Handshaking(true, connectionType, phase.step()), failure, nowNs);
    }

    /** Waits for the backoff, at least one increment; tries each of several endpoints first. */
    private Transition again(SessionState failed, Handshaking phase, BayeuxException failure, long nowNs) {
        if (newSession.givingUp().after(failure, failed, nowNs)) {
            return Ending.stop(failed, failure);
        }
        if (failover.hasOthers()) {
            return elsewhere(failed, failure, nowNs).precededBy(new ReportFailure(failure));
        }
        long leastNs = Math.max(waits.interval(failed), waits.retryAfter(failure));
        long extraNs = Math.max(0, waits.interval(failed) + waits.backoff(failed) - leastNs);
        return next.handshakeIn(leastNs, extraNs, failed, phase.connectionType(), nowNs)
                .precededBy(new ReportFailure(failure));
    }

    private Transition elsewhere(SessionState failed, BayeuxException failure, long nowNs) {
        long askedNs = Math.max(waits.interval(failed), waits.retryAfter(failure));
        long betweenNs = waits.roundBackoff(failed, settings.endpoints().size());
        Failover.Next to = failover.next(failed, askedNs, betweenNs, nowNs);
        String connectionType = fallback.first(to.state());
        boolean same = to.state().endpointChoice().endpoint() == failed.endpointChoice().endpoint();
        // While all other servers have asked for a wait, this one is retried as if it were the only one (B3, B5).
        long extraNs = same
                ? Math.max(to.extraNs(), waits.interval(failed) + betweenNs - to.leastNs())
                : to.extraNs();
        return next.handshakeIn(to.leastNs(), extraNs, to.state(), connectionType, nowNs);
    }

    /** C-103: needs no backoff, since each transport is abandoned at most once. */
    private Transition onAnotherTransport(SessionState moved, String connectionType, long nowNs) {
        return next.handshakeIn(waits.interval(moved), 0, moved, connectionType, nowNs);
    }
}
