package dev.bayeux.core.exhaustive;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.MessageReader.Reading;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.ProtocolCore;
import dev.bayeux.core.protocol.ProtocolSettings;
import dev.bayeux.core.protocol.ReplayExtension;
import dev.bayeux.core.protocol.Subscriber;
import dev.bayeux.core.session.SessionSettings;
import dev.bayeux.core.session.SessionState;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A core with the threads, the network and the server of one client, which do only what the walk says; {@link CoreRules}
 * watches each step. The clock moves only for {@link #time} and for timeouts.
 */
final class PlayedCore {

    /** Without a random part: equal histories lead to equal states. */
    static final Backoff BACKOFF = Backoff.DEFAULT.withJitter(0);
    static final Duration PAUSE = Duration.ofSeconds(10);
    static final TransportException LOST = new TransportException(Problem.LOST, "Connection reset.", null);
    static final TransportException NOT_REACHED = new TransportException(Problem.NOT_CONNECTED, "Refused.", null);
    static final TransportException TIMED_OUT = new TransportException(Problem.TIMED_OUT, "No answer.", null);
    static final TransportException TOO_LONG = TransportException.ofStatus(413, null, "413");

    private static final Duration REPLY = Duration.ofSeconds(10);
    private static final Json JSON = Json.find();
    private static final MessageReader READER = new MessageReader(JSON);
    /** Ids repeat from history to history, and so do texts. */
    private static final Map<String, Reading> READINGS = new ConcurrentHashMap<>();
    private static final Subscription NONE = (Subscription) Proxy.newProxyInstance(
            PlayedCore.class.getClassLoader(), new Class<?>[]{Subscription.class}, (proxy, method, arguments) -> null);

    /**
     * What kind of client is walked.
     *
     * @param name of the walk
     * @param types the transports, of which the first is used: {@code websocket} is full duplex
     * @param endpoints how many
     * @param ext what the server says in its replies to handshakes
     * @param replay whether the client has positions
     * @param calls whether the program calls a service whose answers carry no id
     * @param pauses whether a queue may become full
     */
    record Variant(String name, List<String> types, int endpoints, String ext, boolean replay, boolean calls,
            boolean pauses) {

        @Override
        public String toString() {
            return name;
        }
    }

    final Variant variant;
    final ProtocolCore core;
    final CoreRules rules;
    /** The handshake or connect that a thread has, or is about to take. */
    @Nullable
    Exchange connect;
    boolean begun;
    @Nullable
    Exchange batch;
    @Nullable
    Subscriber subscriber;
    boolean full;
    boolean closed;
    long nowNs = 5_000_000_000L;
    private final boolean duplex;
    private int sessions;
    private int deliveries;
    /** The requests of the batch in flight that have a reply. */
    private final Set<Request> answered = new HashSet<>();
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();

    PlayedCore(Variant variant) {
        this.variant = variant;
        this.duplex = variant.types().getFirst().equals("websocket");
        List<Endpoint> endpoints = new ArrayList<>();
        for (int n = 0; n < variant.endpoints(); n++) {
            endpoints.add(Endpoint.of(URI.create("http://place%d.example/bayeux".formatted(n))));
        }
        this.core = new ProtocolCore(
                new ProtocolSettings(new SessionSettings(variant.types(), endpoints, REPLY, BACKOFF,
                        OnServerDisconnect.RECONNECT, false, true), PAUSE, 1000, 32_768),
                new ReplayExtension(JSON, variant.replay()), 1, nowNs);
        this.rules = new CoreRules(this);
    }

    SessionState state() {
        return core.view().session();
    }

    boolean isDuplex() {
        return duplex;
    }

    /** {@return equal for two clients that behave alike} */
    Object key() {
        return Fingerprint.of(core, nowNs, BACKOFF.increment().toNanos(), rules.memory(),
                List.of(begun, full, closed), orNone(subscriber), orNone(connect), orNone(batch));
    }

    private static Object orNone(@Nullable Object value) {
        return value == null ? "none" : value;
    }

    // Inputs, and what follows from them at once

    void happens(Input input) {
        rules.input(input);
        inputs.add(input);
        takeAll();
        rules.settled();
    }

    private void takeAll() {
        boolean more = true;
        while (more) {
            Input next = inputs.poll();
            more = take(next == null ? new Input.Flush() : next) || next != null;
        }
    }

    private boolean take(Input input) {
        if (input instanceof Input.Failed(var exchange, var failure) && exchange.isOver()) {
            return false;
        }
        List<Effect> effects = List.copyOf(core.on(input, nowNs));
        for (Effect effect : effects) {
            rules.effect(effect);
            perform(effect);
        }
        forgetOver();
        return !effects.isEmpty();
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Send(var exchange) when exchange.action() != null -> {
                connect = exchange;
                begun = false;
            }
            case Effect.Send(var exchange) -> {
                batch = exchange;
                answered.clear();
                write(exchange);
            }
            case Effect.Wake(var exchange) -> wake(exchange);
            case Effect.Abandon(var exchange) -> forget(exchange);
            case Effect.Refuse refuse -> subscriber = null;
            case Effect.Left(var gone) -> {
                subscriber = null;
                full = false;
            }
            case Effect.DropSilent silent -> {
                rules.socketEnds();
                inputs.add(new Input.ConnectionEnded(rules.connection(), LOST));
            }
            case Effect.Close over -> {
                connect = null;
                batch = null;
                inputs.clear();
            }
            default -> {
                // Others see it, or the rules.
            }
        }
    }

    /** Over a full-duplex connection the thread writes, and waits. */
    private void write(Exchange exchange) {
        inputs.add(new Input.Leaving(exchange));
        if (duplex) {
            inputs.add(new Input.Writing(exchange));
            inputs.add(new Input.Written(exchange));
        }
    }

    private void wake(Exchange exchange) {
        TransportException lost = exchange.lost();
        if (!exchange.isOver() && lost != null) {
            inputs.add(new Input.Failed(exchange, lost));
        }
    }

    private void forget(Exchange exchange) {
        if (connect == exchange) {
            connect = null;
            rules.connectEnded();
        }
        batch = batch == exchange ? null : batch;
    }

    private void forgetOver() {
        if (connect != null && connect.isOver()) {
            forget(connect);
        }
        if (batch != null && batch.isOver()) {
            forget(batch);
        }
    }

    // The program

    void join() {
        rules.joined();
        subscriber = new Subscriber(NONE, List.of("/a"), false);
        happens(new Input.Join(subscriber, variant.replay() ? Map.of("/a", Position.TIP) : Map.of()));
    }

    void publish(Kind kind, int count) {
        List<Request> requests = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            requests.add(Request.ofData(kind, kind == Kind.CALL ? "/service/s" : "/b", "1"));
        }
        rules.submitted(requests);
        happens(new Input.Submit(requests));
    }

    void withdraw(Request request) {
        Input.Withdraw withdraw = new Input.Withdraw(request, true);
        rules.withdrawn(request);
        happens(withdraw);
    }

    void full(boolean now) {
        Subscriber known = subscriber;
        if (known != null) {
            full = now;
            happens(now ? new Input.QueueFull(known) : new Input.QueueHasRoom(known));
        }
    }

    void close() {
        closed = true;
        happens(new Input.Close());
        happens(new Input.Disconnect(REPLY.toNanos()));
    }

    /** The call of close waits no longer. */
    void abort() {
        happens(new Input.Abort());
        happens(new Input.LeaveAll());
    }

    // The threads and the clock

    /** The thread of handshakes and connects takes the next one. */
    void begin() {
        Exchange taken = connect;
        if (taken != null && !begun) {
            begun = true;
            happens(new Input.Begin(taken));
            if (core.answer()) {
                rules.begins(taken);
                write(taken);
                takeAll();
                rules.settled();
            } else {
                forget(taken);
            }
        }
    }

    void time() {
        nowNs = Math.max(nowNs, core.wakeAtNs());
        happens(new Input.Time());
    }

    // The network and the server

    void lose(Exchange exchange, BayeuxException failure) {
        if (failure == TIMED_OUT) {
            nowNs += REPLY.toNanos();
        }
        happens(new Input.Failed(exchange, failure));
    }

    boolean canTimeOut() {
        return core.wakeAtNs() - nowNs > REPLY.toNanos();
    }

    void socketEnds() {
        rules.socketEnds();
        happens(new Input.ConnectionEnded(rules.connection(), LOST));
    }

    /** A frame of the connection before this one, which its reader had when the connection was closed. */
    void lateFrame() {
        int before = rules.connection() - 1;
        Reading reading = read("[{'channel':'/a','data':{'late':true}}]");
        rules.mustChangeNothing();
        happens(Input.Received.of(null, before, reading.usable(), reading));
    }

    void handshook() {
        sessions++;
        answer(connect, "{'channel':'/meta/handshake','id':'%s','successful':true,'clientId':'s%d','ext':%s}"
                .formatted(id(connect), sessions, variant.ext()));
    }

    /** Answers the handshake or connect. */
    void answer(String rest) {
        answer(connect, reply(connect.requests().getFirst(), rest));
    }

    /** The connect succeeds, and brings a delivery. */
    void deliver(String rest) {
        deliveries++;
        answer(connect, "{'channel':'/a','data':{'event':{'replayId':%d}}},%s".formatted(deliveries,
                reply(connect.requests().getFirst(), rest)));
    }

    /** Answers so many of the batch, all alike. */
    void answerBatch(int count, String rest) {
        List<Request> unanswered = batch.requests().stream().filter(request -> !answered.contains(request)).limit(count)
                .toList();
        answered.addAll(unanswered);
        answer(batch, unanswered.stream().map(request -> reply(request, rest)).collect(Collectors.joining(",")));
    }

    /** Answers the oldest call or the newest, without an id. */
    void serve(boolean oldest) {
        rules.serves(oldest);
        answer(connect, "{'channel':'/service/s','data':{'n':1}}," + reply(connect.requests().getFirst(),
                "'successful':true"));
    }

    void answerText(Exchange exchange, String text) {
        Reading reading = read(text);
        rules.arrives(exchange, reading);
        happens(Input.Received.of(duplex ? null : exchange, exchange.connection(), reading.usable(), reading));
    }

    private Reading read(String text) {
        return READINGS.computeIfAbsent(text, each -> READER.read(each.replace('\'', '"'), variant.types().getFirst()));
    }

    private void answer(Exchange exchange, String messages) {
        answerText(exchange, "[" + messages + "]");
    }

    private static String id(Exchange exchange) {
        return exchange.requests().getFirst().id();
    }

    private static String reply(Request request, String rest) {
        return "{'channel':'%s','id':'%s',%s%s}".formatted(request.channel(), request.id(), rest,
                request.kind() == Kind.SUBSCRIBE ? ",'subscription':'%s'".formatted(request.body()) : "");
    }

    // Well

    boolean isWell() {
        boolean served = subscriber == null
                || core.view().stateOf(subscriber) == SubscriptionState.ACTIVE;
        return state().status() == ConnectionStatus.CONNECTED && connect != null && begun && batch == null && !full
                && served && rules.isQuiet();
    }
}
