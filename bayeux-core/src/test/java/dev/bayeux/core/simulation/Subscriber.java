package dev.bayeux.core.simulation;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.Message;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.SubscribeException;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of the program that listens. */
final class Subscriber {

    private static final List<List<String>> CHOICE = List.of(List.of("/news/a"), List.of("/news/b"), List.of("/news/*"),
            List.of("/news/**"), List.of("/chat"), List.of("/news/a", "/chat"), List.of(SimulatedServer.SERVICE));
    private static final List<Overflow> OVERFLOWS = List.of(Overflow.PAUSE, Overflow.PAUSE, Overflow.DROP_OLDEST,
            Overflow.DROP_NEWEST);
    /** Each message is handled in the end: the fault that makes a handler throw is rare. */
    private static final OnHandlerFailure RETRY = OnHandlerFailure
            .retry(Backoff.of(Duration.ofSeconds(2), Duration.ofSeconds(8))).thenSkip();
    /** For a thread that loses the processor between the decision to call a handler and the call. */
    private static final long MOMENT_NS = Duration.ofSeconds(1).toNanos();
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MOST = 6;
    private static final int MOST_FLOWS = 3;

    private final World world;
    private final Faults faults;
    private final SimulatedServer server;
    private final BayeuxClient client;
    private final Duration limit;
    private final Rules rules;
    private final Calls calls;
    private final Publisher publisher;
    /** The channels of the publishers that a thread subscribes to. */
    private final List<List<String>> joining = new ArrayList<>();
    private boolean asleep;

    Subscriber(World world, Faults faults, SimulatedServer server, BayeuxClient client, ClientConfig config,
            Rules rules, Calls calls, Publisher publisher) {
        this.world = world;
        this.faults = faults;
        this.server = server;
        this.client = client;
        this.limit = config.timeouts().send().plus(config.timeouts().reply());
        this.rules = rules;
        this.calls = calls;
        this.publisher = publisher;
    }

    /** From now on no handler comes to an end by itself. */
    void fallAsleep() {
        asleep = true;
        rules.flows.forEach(FlowSubscriber::fallAsleep);
    }

    void subscribe() throws InterruptedException {
        if (rules.listenings.stream().filter(Listening::isActive).count() >= MOST) {
            return;
        }
        Listening listening = new Listening(CHOICE.get(world.random.nextInt(CHOICE.size())),
                world.random.nextInt(4) == 0, OVERFLOWS.get(world.random.nextInt(OVERFLOWS.size())),
                world.random.nextInt(3) == 0);
        boolean pulls = world.random.nextInt(3) == 0;
        if (joining.contains(listening.channels)) {
            return;
        }
        rules.listenings.add(listening);
        listening.starting = true;
        try {
            start(listening, pulls);
        } finally {
            listening.starting = false;
        }
    }

    private void start(Listening listening, boolean pulls) throws InterruptedException {
        calls.make("subscribe " + listening, limit, () -> {
            SubscriptionBuilder<JsonValue> builder = client.subscription(listening.channels.toArray(new String[0]));
            if (listening.narrow) {
                builder = builder.queue(world.random.nextInt(1, 5), listening.overflow);
            }
            if (listening.retries) {
                builder = builder.onHandlerFailure(RETRY);
            }
            listening.subscription = pulls ? builder.start() : builder.start(message -> handle(listening, message));
            listening.activeSince = server.events();
            listening.activeNs = world.nowNs();
        }, SubscribeException.class, DisconnectedException.class);
    }

    /** Subscribes to a publisher, requests more, or cancels. */
    void flow() throws InterruptedException {
        List<FlowSubscriber> flows = rules.flows.stream().filter(FlowSubscriber::isGoingOn).toList();
        if (flows.isEmpty() || flows.size() < MOST_FLOWS && world.random.nextInt(3) == 0) {
            subscribeFlow();
            return;
        }
        FlowSubscriber chosen = flows.get(world.random.nextInt(flows.size()));
        int lot = world.random.nextInt(20);
        if (lot < 2) {
            calls.make("cancel", Duration.ZERO, chosen::cancel);
        } else {
            long more = lot == 2 ? 0 : lot == 3 ? Long.MAX_VALUE : world.random.nextInt(1, 5);
            calls.make("request", Duration.ZERO, () -> chosen.request(more));
        }
    }

    private void subscribeFlow() throws InterruptedException {
        Listening listening = new Listening(CHOICE.get(world.random.nextInt(CHOICE.size())),
                world.random.nextInt(4) == 0, OVERFLOWS.get(world.random.nextInt(OVERFLOWS.size())), false);
        // The client lists the new subscription: no other one to these channels may begin meanwhile.
        if (joining.contains(listening.channels) || rules.listenings.stream()
                .anyMatch(each -> each.starting && each.channels.equals(listening.channels))) {
            return;
        }
        joining.add(listening.channels);
        FlowSubscriber made = new FlowSubscriber(world, faults, server, rules, listening);
        rules.flows.add(made);
        try {
            calls.make("publisher " + listening, Duration.ZERO, () -> {
                SubscriptionBuilder<JsonValue> builder = client
                        .subscription(listening.channels.toArray(new String[0]));
                if (listening.narrow) {
                    builder = builder.queue(world.random.nextInt(1, 5), listening.overflow);
                }
                List<Subscription> before = client.subscriptions();
                builder.publisher().subscribe(made);
                client.subscriptions().stream()
                        .filter(each -> !before.contains(each) && each.channels().equals(listening.channels))
                        .findFirst()
                        .ifPresent(made::subscribed);
            });
        } finally {
            joining.remove(listening.channels);
        }
    }

    private void handle(Listening listening, Message<JsonValue> message) throws InterruptedException {
        if (world.nowNs() - MOMENT_NS > listening.closedNs) {
            world.fail("The handler of %s is called %d ms after close() has returned.".formatted(listening,
                    (world.nowNs() - listening.closedNs) / 1_000_000));
        }
        takeOnce(listening, message);
        if (asleep) {
            world.sleep(LONG.toNanos());
        } else if (faults.strikes(Fault.SLOW_HANDLER)) {
            world.sleep(world.between(0, 20_000));
        }
        if (faults.strikes(Fault.THROWING_HANDLER)) {
            int lot = world.random.nextInt(4);
            if (lot == 0) {
                publisher.publish();
            } else if (lot == 1) {
                close(listening);
            } else {
                if (listening.retries && world.random.nextBoolean()) {
                    world.start("closer", this, () -> close(listening));
                }
                throw failed(listening, message);
            }
        }
        listening.failedNumber = 0;
    }

    private static IllegalStateException failed(Listening listening, Message<JsonValue> message) {
        listening.failedNumber = listening.retries ? number(message) : 0;
        return new IllegalStateException("a handler that throws");
    }

    /** What a handler has failed to handle is given to it once more, in front of all others. */
    private void takeOnce(Listening listening, Message<JsonValue> message) {
        if (listening.failedNumber == 0) {
            take(listening, message);
        } else if (listening.failedNumber != number(message)) {
            world.fail("%s failed to handle number %d, and gets number %d next.".formatted(listening,
                    listening.failedNumber, number(message)));
        }
    }

    private static int number(Message<JsonValue> message) {
        return message.data().asJsonObject().getInt("n", 0);
    }

    private void take(Listening listening, Message<JsonValue> message) {
        int number = number(message);
        world.trace.add(world, "%s got %s".formatted(listening, message.text()));
        if (rules.stamps != null && number > 0) {
            rules.stamps.handed(message.text());
        }
        if (number > 0) {
            rules.deliveries.handed(listening, number);
        }
    }

    /** Pulls from one of those that are not pulled from. */
    void pull() throws InterruptedException {
        List<Listening> idle = rules.listenings.stream()
                .filter(each -> each.subscription instanceof PullSubscription && !each.pulling).toList();
        if (!idle.isEmpty()) {
            Listening chosen = idle.get(world.random.nextInt(idle.size()));
            for (int n = world.random.nextInt(10); n >= 0; n--) {
                pull(chosen, Duration.ofNanos(world.between(0, 3_000)));
            }
        }
    }

    @SuppressWarnings("unchecked") // all are of JSON values
    private boolean pull(Listening listening, Duration wait) throws InterruptedException {
        PullSubscription<JsonValue> subscription = (PullSubscription<JsonValue>) listening.subscription;
        boolean[] more = new boolean[1];
        listening.pulling = true;
        try {
            calls.make("pull " + listening, wait, () -> {
                Optional<Message<JsonValue>> next = subscription.poll(wait);
                next.ifPresent(message -> take(listening, message));
                more[0] = next.isPresent();
            }, DisconnectedException.class, SubscribeException.class);
        } finally {
            listening.pulling = false;
        }
        return more[0];
    }

    /** Takes all that waits anywhere. */
    void drain() throws InterruptedException {
        for (FlowSubscriber flow : rules.flows) {
            calls.make("request all", Duration.ZERO, () -> flow.request(Long.MAX_VALUE));
        }
        for (Listening listening : rules.listenings) {
            while (listening.subscription instanceof PullSubscription && listening.isActive()
                    && pull(listening, Duration.ZERO)) {
                // One by one.
            }
        }
    }

    void closeOne() throws InterruptedException {
        List<Listening> active = rules.listenings.stream().filter(Listening::isActive).toList();
        if (!active.isEmpty()) {
            Listening chosen = active.get(world.random.nextInt(active.size()));
            calls.make("close " + chosen, Duration.ZERO, () -> close(chosen));
        }
    }

    private void close(Listening listening) {
        Subscription subscription = listening.subscription;
        if (subscription != null) {
            listening.closingNs = Math.min(listening.closingNs, world.nowNs());
            subscription.close();
            listening.closedNs = Math.min(listening.closedNs, world.nowNs());
        }
    }

    /** Lets go of what the server did not give back. */
    void closeRejected() {
        rules.flows.stream().filter(flow -> flow.isGoingOn() && flow.listening.subscription != null
                && flow.listening.subscription.state() == SubscriptionState.REJECTED).forEach(FlowSubscriber::cancel);
        for (Listening listening : rules.listenings) {
            Subscription subscription = listening.subscription;
            if (listening.isActive() && subscription != null
                    && subscription.state() == SubscriptionState.REJECTED) {
                close(listening);
            }
        }
    }
}
