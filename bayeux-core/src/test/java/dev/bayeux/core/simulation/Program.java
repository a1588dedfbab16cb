package dev.bayeux.core.simulation;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ListenerRegistration;
import dev.bayeux.api.Timeouts;
import dev.bayeux.api.error.HandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Threads that do anything that a program may do, at any time. */
final class Program {

    static final Duration MOMENT = Duration.ofSeconds(1);

    private final World world;
    private final Faults faults;
    private final BayeuxClient client;
    private final Timeouts timeouts;
    private final Rules rules;
    private final Calls calls;
    private final Publisher publisher;
    private final Subscriber subscriber;
    private final List<Thread> threads = new ArrayList<>();
    private final Runnable closing;
    private boolean closed;

    Program(World world, Faults faults, SimulatedServer server, BayeuxClient client, ClientConfig config,
            Rules rules, Runnable closing) {
        this.closing = closing;
        this.world = world;
        this.faults = faults;
        this.client = client;
        this.timeouts = config.timeouts();
        this.rules = rules;
        this.calls = new Calls(world);
        this.publisher = new Publisher(world, client, config, rules.publishes, calls);
        this.subscriber = new Subscriber(world, faults, server, client, config, rules, calls, publisher);
    }

    Calls calls() {
        return calls;
    }

    Publisher publisher() {
        return publisher;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    boolean isClosed() {
        return closed;
    }

    void start(int count) {
        int operations = world.random.nextInt(5, 30);
        for (int n = 0; n < count; n++) {
            threads.add(world.start("program-" + n, this, () -> live(operations)));
        }
    }

    private void live(int operations) {
        attempt(this::connect);
        for (int n = 0; n < operations; n++) {
            attempt(this::anything);
            attempt(() -> world.sleep(world.between(0, world.random.nextInt(1, 10_000))));
            if (faults.strikes(Fault.INTERRUPT)) {
                threads.get(world.random.nextInt(threads.size())).interrupt();
            }
        }
    }

    private void attempt(Calls.Call call) {
        try {
            call.run();
        } catch (InterruptedException interrupted) {
            world.trace.add(world, "interrupted");
        }
    }

    private void anything() throws InterruptedException {
        if (rules.outbox != null && world.random.nextInt(3) == 0) {
            for (int n = world.random.nextInt(4); n >= 0; n--) {
                rules.outbox.put(client, calls);
            }
            return;
        }
        int lot = world.random.nextInt(115);
        if (lot >= 105) {
            subscriber.flow();
        } else if (lot < 30) {
            publisher.publish();
        } else if (lot < 38) {
            publisher.batch();
        } else if (lot < 48) {
            publisher.call();
        } else if (lot < 60) {
            subscriber.subscribe();
        } else if (lot < 72) {
            subscriber.pull();
        } else if (lot < 78) {
            subscriber.closeOne();
        } else if (lot < 84) {
            connect();
        } else if (lot < 90) {
            look();
        } else if (lot < 94) {
            awaitReady();
        } else if (lot < 96) {
            disconnect();
        } else if (lot < 98) {
            reconnect();
        } else if (lot == 98 && world.random.nextInt(4) == 0) {
            close();
        } else if (lot >= 99) {
            rest();
        }
    }

    /** Does without the network for a while, or hears that it has changed. */
    private void rest() throws InterruptedException {
        if (world.random.nextBoolean()) {
            doubting("checkConnection", client::checkConnection);
            return;
        }
        boolean hectic = world.random.nextInt(4) == 0;
        for (int n = hectic ? world.random.nextInt(2, 10) : 1; n > 0; n--) {
            doubting("suspend", client::suspend);
            world.sleep(world.between(0, hectic ? 100 : 30_000));
            doubting("resume", client::resume);
            world.sleep(world.between(0, hectic ? 300 : 0));
        }
    }

    private void doubting(String what, Calls.Call call) throws InterruptedException {
        rules.connectionDoubted();
        calls.make(what, Duration.ZERO, call);
        rules.connectionDoubted();
    }

    void connect() throws InterruptedException {
        life("connect", true, timeouts.connectCall().plus(timeouts.close()), client::connect);
    }

    void reconnect() throws InterruptedException {
        life("reconnect", true, timeouts.connectCall().plus(timeouts.close()), client::reconnect);
    }

    private void life(String what, boolean connecting, Duration limit, Calls.Call call) throws InterruptedException {
        rules.programIntervenes(1, connecting);
        try {
            calls.make(what, limit, call, HandshakeException.class);
        } finally {
            rules.programIntervenes(-1, connecting);
        }
    }

    private void disconnect() throws InterruptedException {
        life("disconnect", false, timeouts.close(), client::disconnect);
    }

    void close() throws InterruptedException {
        closed = true;
        rules.closing = true;
        if (rules.outbox != null) {
            rules.outbox.closing();
        }
        life("close", false, timeouts.close().plusSeconds(1), client::close);
        // A thread that must end may not have had the processor yet.
        world.sleep(MOMENT.toNanos());
        closing.run();
        rules.flows.forEach(FlowSubscriber::checkClosed);
    }

    private void look() throws InterruptedException {
        Duration limit = Duration.ofNanos(world.between(0, 20_000));
        calls.make("look", limit, () -> {
            ListenerRegistration registration = client.listen(event -> {
                if (faults.strikes(Fault.THROWING_HANDLER)) {
                    throw new IllegalStateException("a listener that throws");
                }
            });
            client.awaitState(state -> state.isConnected(), limit);
            client.subscriptions();
            client.clientId();
            registration.close();
        });
    }

    private void awaitReady() throws InterruptedException {
        Duration limit = Duration.ofNanos(world.between(0, 20_000));
        calls.make("awaitReady", limit, () -> client.awaitReady(limit));
    }
}
