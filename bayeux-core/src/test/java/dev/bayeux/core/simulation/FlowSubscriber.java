package dev.bayeux.core.simulation;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Message;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.SubscribeException;
import jakarta.json.JsonValue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber of a publisher, and the rules of what it gets: one signal at a time, {@code onSubscribe} first and one end at
 * most; no more messages than it has requested, each soon after it has arrived and was requested; no signal after
 * {@code cancel}; and an end for a reason, as soon as there is one.
 */
final class FlowSubscriber implements Flow.Subscriber<Message<JsonValue>> {

    /** Allows for threads that lose the processor several times. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONG_NS = TimeUnit.MINUTES.toNanos(10);

    final Listening listening;
    private final World world;
    private final Faults faults;
    private final SimulatedServer server;
    private final Rules rules;
    private final long subscribedNs;
    private Flow.@Nullable Subscription flow;
    private boolean busy;
    private boolean asleep;
    private long requested;
    private long received;
    /** Since when the subscriber waits for a message. */
    private long wantedNs;
    /** When the last signal has returned; {@code null} before the first message. */
    private @Nullable Long idleNs;
    private @Nullable String end;
    private boolean asksForNothing;
    private boolean cancelling;
    private long cancelledNs = Long.MAX_VALUE;
    private ConnectionStatus status;
    private long disconnectedNs;
    /** When the client was last shown as disconnected after another status. */
    private long overSinceNs = Long.MIN_VALUE;

    FlowSubscriber(World world, Faults faults, SimulatedServer server, Rules rules, Listening listening) {
        this.world = world;
        this.faults = faults;
        this.server = server;
        this.rules = rules;
        this.listening = listening;
        this.subscribedNs = world.nowNs();
        this.status = rules.status();
        this.disconnectedNs = isOver(status) ? subscribedNs : Long.MIN_VALUE;
    }

    private static boolean isOver(ConnectionStatus status) {
        return status == ConnectionStatus.DISCONNECTED || status == ConnectionStatus.DISCONNECTING;
    }

    long received() {
        return received;
    }

    boolean hasEnded() {
        return end != null;
    }

    /** Whether it may get more. */
    boolean isGoingOn() {
        return end == null && !cancelling;
    }

    /** From now on no signal comes to an end by itself. */
    void fallAsleep() {
        asleep = true;
    }

    /** The client knows of its subscription: looks until the server has accepted it. */
    void subscribed(Subscription subscription) {
        listening.subscription = subscription;
        world.start("flow-watcher", this, () -> {
            try {
                while (isGoingOn() && listening.activeNs == Long.MAX_VALUE
                        && subscription.state() != SubscriptionState.CLOSED) {
                    if (subscription.state() == SubscriptionState.ACTIVE) {
                        listening.activeSince = server.events();
                        listening.activeNs = world.nowNs();
                    }
                    world.sleep(LOOK_NS);
                }
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        });
    }

    // What the program does

    /** Requests more, from any thread. */
    void request(long more) {
        Flow.Subscription known = flow;
        if (known == null || !isGoingOn()) {
            return;
        }
        world.trace.add(world, "%s requests %d".formatted(this, more));
        if (more <= 0) {
            asksForNothing = true;
            listening.closingNs = Math.min(listening.closingNs, world.nowNs());
        } else {
            wantedNs = received == requested ? world.nowNs() : wantedNs;
            requested = requested > Long.MAX_VALUE - more ? Long.MAX_VALUE : requested + more;
        }
        known.request(more);
    }

    void cancel() {
        Flow.Subscription known = flow;
        if (known != null) {
            cancelling = true;
            listening.closingNs = Math.min(listening.closingNs, world.nowNs());
            known.cancel();
            Subscription subscription = listening.subscription;
            if (subscription != null && subscription.state() != SubscriptionState.CLOSED) {
                world.fail("%s is cancelled, and its subscription is open.".formatted(this));
            }
            cancelledNs = Math.min(cancelledNs, world.nowNs());
        }
    }

    /** The program has closed the client, a while ago. */
    void checkClosed() {
        if (isGoingOn() && !busy && world.nowNs() - subscribedNs > MOMENT_NS) {
            world.fail("The client is closed, and %s has not ended.".formatted(this));
        }
    }

    // Signals

    private void signal(String what) {
        world.trace.add(world, "%s gets %s".formatted(this, what));
        if (busy) {
            world.fail("%s gets %s while another signal is being handled.".formatted(this, what));
        }
        if (end != null) {
            world.fail("%s gets %s after %s.".formatted(this, what, end));
        }
        if (world.nowNs() - MOMENT_NS > cancelledNs) {
            world.fail("%s gets %s after it was cancelled.".formatted(this, what));
        }
        if ((flow == null) != what.equals("onSubscribe")) {
            world.fail("%s gets %s, and onSubscribe is the first and is not repeated.".formatted(this, what));
        }
        busy = true;
    }

    @Override
    public void onSubscribe(Flow.Subscription newFlow) {
        signal("onSubscribe");
        flow = newFlow;
        request(world.random.nextInt(4));
        busy = false;
    }

    @Override
    public void onNext(Message<JsonValue> message) {
        signal("onNext " + message.text());
        received++;
        if (received > requested) {
            world.fail("%s has requested %d messages, and gets another.".formatted(this, requested));
        }
        try {
            int number = message.data().asJsonObject().getInt("n", 0);
            if (number > 0) {
                if (rules.stamps != null) {
                    rules.stamps.handed(message.text());
                }
                rules.deliveries.handed(listening, number);
                checkSoon(number);
            }
            handle();
        } finally {
            idleNs = world.nowNs();
            busy = false;
        }
    }

    /** Not the first one, since the server may have sent it before it has accepted the subscription. */
    private void checkSoon(long number) {
        long arrivedNs = listening.blocks.stream().filter(block -> block.numbers().contains(number))
                .mapToLong(Matching.Block::atNs).max().orElse(Long.MIN_VALUE);
        Long before = idleNs;
        if (before != null && world.nowNs() - Math.max(Math.max(arrivedNs, wantedNs), before) > MOMENT_NS) {
            world.fail("%s gets number %d long after it has arrived and was requested.".formatted(this, number));
        }
    }

    private void handle() {
        if (asleep) {
            sleep(LONG_NS);
        } else if (faults.strikes(Fault.SLOW_HANDLER)) {
            sleep(world.between(0, 20_000));
        }
        if (faults.strikes(Fault.THROWING_HANDLER)) {
            ended("an exception of its own");
            throw new IllegalStateException("a subscriber that throws");
        }
        int lot = world.random.nextInt(40);
        if (lot == 0) {
            cancel();
        } else if (lot < 30) {
            request(world.random.nextInt(1, 3));
        }
    }

    private void sleep(long ns) {
        try {
            world.sleep(ns);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onError(Throwable failure) {
        signal("onError " + Trace.brief(failure));
        busy = false;
        ended("onError");
        switch (failure) {
            case SubscribeException refused -> check(listening.activeNs == Long.MAX_VALUE, failure);
            case ClientClosedException closed -> check(rules.closing, failure);
            case IllegalArgumentException asked -> check(asksForNothing, failure);
            // The state is shown a moment later.
            case DisconnectedException over ->
                world.in(MOMENT_NS, () -> check(disconnectedNs >= subscribedNs, failure));
            default -> check(false, failure);
        }
    }

    private void check(boolean right, Throwable failure) {
        if (!right) {
            world.fail("%s fails without a reason: %s".formatted(this, Trace.brief(failure)));
        }
    }

    @Override
    public void onComplete() {
        signal("onComplete");
        busy = false;
        ended("onComplete");
        if (!rules.closing) {
            world.fail("%s completes, and the client is not closed.".formatted(this));
        }
    }

    private void ended(String how) {
        end = how;
        listening.closingNs = Math.min(listening.closingNs, world.nowNs());
    }

    // What ends it

    /** A session may end and the next begin within one moment, so that only the event shows it. */
    void heard(ClientEvent event) {
        if (event instanceof ClientEvent.StateChanged(var before, var now) && isOver(now.status())) {
            disconnectedNs = world.nowNs();
        }
    }

    void shown(ConnectionStatus now) {
        if (isOver(now)) {
            disconnectedNs = world.nowNs();
        }
        if (now == ConnectionStatus.DISCONNECTED && status != now) {
            long sinceNs = world.nowNs();
            overSinceNs = sinceNs;
            // A handshake in flight is awaited before the client has ended.
            world.in(MOMENT_NS + rules.closeNs, () -> checkTold(sinceNs));
        }
        status = now;
    }

    /** A subscriber that waits for a message when the session ends receives that end. */
    private void checkTold(long sinceNs) {
        boolean waits = flow != null && isGoingOn() && received < requested && wantedNs < sinceNs;
        boolean idle = !busy && (idleNs == null || idleNs < sinceNs);
        // A reconnect in between restarts this.
        if (waits && idle && status == ConnectionStatus.DISCONNECTED && overSinceNs == sinceNs
                && disconnectedNs - sinceNs >= MOMENT_NS + rules.closeNs - LOOK_NS) {
            world.fail("The session has ended, and %s still waits.".formatted(this));
        }
    }

    @Override
    public String toString() {
        return "subscriber of " + listening;
    }
}
