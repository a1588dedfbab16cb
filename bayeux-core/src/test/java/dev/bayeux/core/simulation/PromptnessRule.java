package dev.bayeux.core.simulation;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.simulation.PublishRule.Asked;
import dev.bayeux.core.simulation.PublishRule.Told;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whatever can continue continues at once, and a failure has a reason (C-46 to C-50, C-85): a message leaves as soon as the
 * client is CONNECTED and no batch is in flight, a caller gets its reply when that has arrived, all callers fail when the
 * client ends, and UNKNOWN and failed attempts follow from what the network, the server or the program did.
 */
final class PromptnessRule implements Wire, PublishRule.Hearing {

    /** Allows for threads that lose the processor several times. */
    private static final long MOMENT_NS = TimeUnit.SECONDS.toNanos(2);

    private final World world;
    private final PublishRule publishes;
    private final long replyNs;
    private final int mostQueued;
    private final Map<String, Asked> byId = new HashMap<>();
    /** The calls of connect that have not returned. */
    private final Set<Object> connecting = Collections.newSetFromMap(new IdentityHashMap<>());
    private ConnectionStatus status = ConnectionStatus.DISCONNECTED;
    private @Nullable Long connectedNs;
    /** Until when the batch that left last may be in flight. */
    private long busyUntilNs = Long.MIN_VALUE;
    private @Nullable Object busy;
    private long busyFromNs;
    private long arrivedNs;
    /** Until when the client waits for the answer to its last handshake or connect. */
    private long beatUntilNs = Long.MAX_VALUE;
    /** When something has happened that ends requests before their time. */
    private long reasonNs = Long.MIN_VALUE;

    PromptnessRule(World world, PublishRule publishes, ClientConfig config) {
        this.world = world;
        this.publishes = publishes;
        this.replyNs = config.timeouts().reply().toNanos();
        this.mostQueued = config.limits().maxQueuedMessages();
        publishes.hearing(this);
    }

    // What is asked for leaves

    @Override
    public void asked(List<Asked> asked) {
        world.in(MOMENT_NS, () -> checkLeft(asked.getFirst()));
        world.in(MOMENT_NS, this::checkQueue);
    }

    private void checkLeft(Asked asked) {
        if (asked.isTold() || asked.sentNs != null) {
            return;
        }
        long nowNs = world.nowNs();
        // Until an answer has shown an id, one call at a time leaves.
        boolean held = asked.call && publishes.all().stream()
                .anyMatch(other -> other != asked && other.isCallInFlight(nowNs, MOMENT_NS));
        if (!held && isFree(MOMENT_NS)) {
            world.fail("Number %d waits to be sent, the client is CONNECTED, and no batch is in flight."
                    .formatted(asked.number));
        }
        world.in(MOMENT_NS, () -> checkLeft(asked));
    }

    /** Whether for so long the client has been CONNECTED, and no batch in flight. */
    boolean isFree(long ns) {
        long nowNs = world.nowNs();
        return connectedNs != null && nowNs - connectedNs >= ns && nowNs - busyUntilNs >= ns;
    }

    private void checkQueue() {
        List<Asked> waiting = publishes.all().stream().filter(asked -> !asked.isTold() && asked.sentNs == null
                && !asked.call && world.nowNs() - asked.atNs >= MOMENT_NS).toList();
        // What was about to leave waits once more, beside a queue that others have filled meanwhile.
        boolean mayBeTakenBack = waiting.stream().anyMatch(asked -> reasonNs >= asked.atNs);
        if (waiting.size() > mostQueued && !mayBeTakenBack) {
            world.fail("%d messages wait to be sent, and %d may (maxQueuedMessages).".formatted(waiting.size(),
                    mostQueued));
        }
    }

    // What was sent is answered

    @Override
    public void sent(Object transport, String connectionType, List<ClientMessage> messages, long untilNs) {
        if (messages.getFirst().isBeat()) {
            beatUntilNs = untilNs;
        }
        if (messages.getFirst().isHandshake()) {
            reasonNs = world.nowNs();
        }
        if (!messages.getFirst().isBeat()) {
            busyUntilNs = Math.max(busyUntilNs, untilNs);
            busy = transport;
            busyFromNs = world.nowNs();
        }
        for (ClientMessage message : messages) {
            if (message.isDirect()) {
                byId.put(message.id(), publishes.asked(message.number()));
            }
        }
    }

    @Override
    public void written(Object transport, List<ClientMessage> messages, long untilNs) {
        beatUntilNs = messages.getFirst().isBeat() ? untilNs : beatUntilNs;
        if (!messages.getFirst().isBeat()) {
            busyUntilNs = Math.max(busyUntilNs, untilNs);
        }
    }

    @Override
    public void ended(Object transport, List<ClientMessage> messages, boolean givenUp) {
        if (messages.getFirst().isBeat() && arrivedNs != world.nowNs()) {
            // Without an answer, for which the client may give the session up.
            reasonNs = world.nowNs();
        }
        if (!messages.getFirst().isBeat() && transport == busy) {
            // One batch at a time: the next may leave.
            busyUntilNs = world.nowNs();
        }
        for (ClientMessage message : messages) {
            if (message.isDirect()) {
                publishes.asked(message.number()).untilNs = world.nowNs();
            }
        }
    }

    @Override
    public void arrived(Object transport, List<ServerMessage> messages) {
        if (messages.stream().anyMatch(ServerMessage::isBeat)) {
            // Deliveries alone may be what has arrived of a reply that was cut off.
            arrivedNs = world.nowNs();
        }
        if (messages.isEmpty()) {
            // As if nothing had come.
            reasonNs = world.nowNs();
        }
        for (ServerMessage message : messages) {
            boolean ended = message.channel().equals("/meta/disconnect");
            if (ended || !message.isDelivery() && !message.isSuccessful() || message.advice() != null) {
                reasonNs = world.nowNs();
            }
            Asked asked = message.id() == null ? null : byId.get(message.id());
            // What was refused with its session goes out once more in the next one.
            if (asked != null && !asked.call && !message.meansLostSession() && !asked.isOneOf(publishes.all())) {
                world.in(MOMENT_NS, () -> checkAnswered(asked));
            }
        }
    }

    private void checkAnswered(Asked asked) {
        if (!asked.isTold()) {
            world.fail("The reply to number %d has arrived, and its caller still waits.".formatted(asked.number));
        }
    }

    @Override
    public void broken(Object transport, long atNs) {
        reasonNs = world.nowNs();
        if (transport == busy && atNs - busyFromNs >= MOMENT_NS) {
            // Not one that left in that instant, over the next socket.
            busyUntilNs = world.nowNs();
        }
    }

    /** The program intervenes, or the connection may be dead. */
    void intervened() {
        reasonNs = world.nowNs();
    }

    @Override
    public void told(Asked asked, Told told) {
        if (told != Told.UNKNOWN) {
            return;
        }
        Long sentNs = asked.sentNs;
        long fromNs = sentNs == null ? asked.atNs : sentNs;
        // The limit of a call begins with the call.
        // The client leaves a server that does not answer a connect, and its session.
        boolean unanswered = world.nowNs() + Beat.HELD_NS >= beatUntilNs;
        boolean late = unanswered || sentNs != null && world.nowNs() - asked.untilNs >= -Beat.HELD_NS
                || asked.call && world.nowNs() - asked.atNs >= replyNs;
        if (!late && reasonNs - fromNs < -MOMENT_NS) {
            world.fail("Number %d is UNKNOWN, and nothing has happened to it on its way.".formatted(asked.number));
        }
        if (!late) {
            // A thread may just give it to the transport.
            world.in(MOMENT_NS, () -> {
                if (!asked.taken) {
                    world.fail("Number %d is UNKNOWN, and no transport has had it.".formatted(asked.number));
                }
            });
        }
    }

    // Reports of waits

    /** A caller waits until the client is CONNECTED. */
    void connects(Object caller) {
        connecting.add(caller);
    }

    /** The call has ended, in whatever way. */
    void hasConnected(Object caller) {
        connecting.remove(caller);
    }

    private void checkConnecting() {
        List<Object> callers = List.copyOf(connecting);
        world.in(MOMENT_NS, () -> {
            if (callers.stream().anyMatch(connecting::contains)) {
                world.fail("The client is CONNECTED, and a caller of connect still waits for that.");
            }
        });
    }

    // What ends, ends for all

    void shown(ConnectionStatus now) {
        if (now == status) {
            return;
        }
        status = now;
        connectedNs = now == ConnectionStatus.CONNECTED ? Long.valueOf(world.nowNs()) : null;
        if (now == ConnectionStatus.CONNECTED) {
            checkConnecting();
        } else {
            reasonNs = world.nowNs();
        }
        if (now == ConnectionStatus.DISCONNECTED) {
            long endNs = world.nowNs();
            List<Asked> waiting = new ArrayList<>(publishes.all().stream()
                    .filter(asked -> !asked.isTold() && endNs - asked.atNs >= MOMENT_NS).toList());
            world.in(MOMENT_NS, () -> waiting.stream().filter(asked -> !asked.isTold()).findFirst()
                    .ifPresent(asked -> world.fail(
                            "The client has ended, and the caller of number %d still waits.".formatted(asked.number))));
        }
    }

    /** An attempt fails only for a reason outside of the client. */
    void heard(ClientEvent event) {
        if (event instanceof ClientEvent.AttemptFailed(var failure) && failure instanceof TransportException transport
                && transport.problem() == Problem.CLOSED) {
            world.fail("An attempt failed that nothing but the client has given up: " + failure.getMessage());
        }
    }
}
