package dev.bayeux.core.session;

import dev.bayeux.api.ConnectionStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is equal for two states of a session that behave alike from now on: times count from now, ids do not count. */
public final class SessionKey {

    private SessionKey() {
    }

    /**
     * {@return the key of a state}
     *
     * @param state any
     * @param nowNs the time
     * @param incrementNs the shortest wait of the backoff
     */
    public static Object of(SessionState state, long nowNs, long incrementNs) {
        FailureHistory history = state.history();
        ConsecutiveFailures failures = history.consecutive();
        return new ArrayList<@Nullable Object>(Arrays.asList(phase(state.phase(), nowNs), state.advice(),
                failures.count(), failures.count() == 0 ? 0 : failures.sinceNs() - nowNs, failures.backedOffFrom(),
                failures.permanent(), failures.notUpgraded(), failures.unanswered(),
                failures.last() == null ? null : failures.last().getMessage(),
                history.everConnected(), history.credentialsRenewed(),
                budget(history.idleConnects(), nowNs), history.servedSince(),
                recent(history.renewedNs(), nowNs, incrementNs), history.transports().unusable(),
                history.transports().invalidReplies(), history.transports().proven(),
                history.transports().excluded().keySet(), state.endpointChoice().endpoint(),
                state.endpointChoice().failed(), blocked(state.endpointChoice(), nowNs),
                budget(state.budget(), nowNs)));
    }

    private static Object phase(Phase phase, long nowNs) {
        return switch (phase) {
            case Phase.Disconnected over -> "over";
            case Phase.Handshaking shaking -> List.of(shaking.again(), shaking.connectionType(),
                    step(shaking.step(), nowNs));
            case Phase.Live live -> live(live, nowNs);
            case Phase.Disconnecting ending -> List.of("ending", ending.connectionType(), ending.answered(),
                    ending.connectId() == null, ending.untilNs() - nowNs);
            case Phase.Abandoning ending -> List.of("abandoning", ending.connectionType(), ending.untilNs() - nowNs);
            case Phase.Suspended suspended -> List.of("suspended",
                    suspended.live() == null ? "none" : live(suspended.live(), nowNs), suspended.connectionType(),
                    nowNs - suspended.sinceNs(), Math.max(0, suspended.leastUntilNs() - nowNs));
        };
    }

    private static Object live(Phase.Live live, long nowNs) {
        return List.of(live.status(), live.connectionType(), String.valueOf(live.acknowledged()), live.restored(),
                live.status() == ConnectionStatus.RECONNECTING ? nowNs - live.brokenSinceNs() : 0L,
                step(live.step(), nowNs));
    }

    private static Object step(Phase.Step step, long nowNs) {
        return switch (step) {
            case Phase.Waiting waiting -> List.of(waiting.untilNs() - nowNs,
                    Math.max(0, waiting.leastUntilNs() - nowNs));
            case Phase.Asking asking -> "asking";
            case Phase.Restoring restoring -> "restoring";
            case Phase.Receiving receiving -> List.of(receiving.more(), receiving.untilNs() - nowNs);
        };
    }

    private static Object budget(RequestBudget budget, long nowNs) {
        return budget.remaining() == budget.size() ? "full" : List.of(budget.remaining(), nowNs - budget.refilledNs());
    }

    private static @Nullable Object recent(@Nullable Long atNs, long nowNs, long incrementNs) {
        return atNs == null || nowNs - atNs >= incrementNs ? null : nowNs - atNs;
    }

    private static Object blocked(EndpointChoice round, long nowNs) {
        List<Object> blocked = new ArrayList<>();
        round.notBefore().forEach((endpoint, untilNs) -> {
            if (untilNs > nowNs) {
                blocked.add(List.of(endpoint, untilNs - nowNs));
            }
        });
        return new HashSet<>(blocked);
    }
}
