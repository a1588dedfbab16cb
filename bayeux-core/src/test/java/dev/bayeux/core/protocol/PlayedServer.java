package dev.bayeux.core.protocol;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionAction.SendConnect;
import dev.bayeux.core.session.SessionSettings;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A core, a clock that the test moves, and the server that the test plays. */
final class PlayedServer {

    static final int MAX_REQUEST_BYTES = 131_072;

    static final TransportException LOST = new TransportException(Problem.LOST, "Connection reset.", null);

    /** Without a random part, so that waits are exact. */
    private static final Backoff BACKOFF = Backoff.DEFAULT.withJitter(0);
    private static final List<String> TYPES = List.of("long-polling");
    private static final List<Endpoint> ENDPOINTS = List.of(Endpoint.of(URI.create("http://a.example/bayeux")));

    final ProtocolCore core;
    private final MessageReader reader = new MessageReader(Json.find());
    private final CutOffReply cutOff = new CutOffReply();
    private final String ext;
    private final List<Effect> effects = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private @Nullable Exchange connect;
    private @Nullable Exchange batch;
    private int sessions;
    private boolean leaving = true;
    private long nowNs = 5_000_000_000L;

    /**
     * For one client.
     *
     * @param replay whether the client has a store of positions
     * @param ext what the server says in the replies to handshakes
     */
    PlayedServer(boolean replay, String ext) {
        this(replay, ext, TYPES);
    }

    /** For a client with these transports. */
    PlayedServer(boolean replay, String ext, List<String> types) {
        this.ext = ext;
        this.core = new ProtocolCore(
                new ProtocolSettings(new SessionSettings(types, ENDPOINTS, Duration.ofSeconds(10), BACKOFF,
                        OnServerDisconnect.STOP, false, true), Duration.ofSeconds(10), 1000, MAX_REQUEST_BYTES),
                new ReplayExtension(Json.find(), replay), 1, nowNs);
    }

    // What happens

    PlayedServer happens(Input input) {
        take(core.on(input, nowNs));
        while (take(core.on(new Input.Flush(), nowNs))) {
            // Whatever may leave has left.
        }
        return this;
    }

    private boolean take(List<Effect> more) {
        List<Effect> all = List.copyOf(more);
        for (Effect effect : all) {
            effects.add(effect);
            if (effect instanceof Effect.Send(var exchange)) {
                send(exchange);
                if (leaving) {
                    leaves(exchange);
                }
            }
        }
        return !all.isEmpty();
    }

    /** From now on exchanges wait for {@link #leaves}, as while an extension has them. */
    PlayedServer keepsBack() {
        leaving = false;
        return this;
    }

    /** The thread that sends gives an exchange to the transport, if it may. */
    boolean leaves(Exchange exchange) {
        core.on(new Input.Leaving(exchange), nowNs);
        return core.answer();
    }

    private void send(Exchange exchange) {
        if (exchange.action() == null) {
            batch = exchange;
        } else {
            connect = exchange;
        }
        exchange.requests().forEach(request -> sent.add(brief(exchange, request)));
    }

    private static String brief(Exchange exchange, Request request) {
        return switch (request.kind()) {
            case HANDSHAKE -> "handshake";
            case CONNECT ->
                exchange.action() instanceof SendConnect one && one.atOnce() ? "connect at once" : "connect";
            case SUBSCRIBE -> "subscribe %s %s".formatted(request.body(), request.ext());
            default -> request.kind().name().toLowerCase(Locale.ROOT) + " " + request.channel();
        };
    }

    /** A subscriber that has a position, or none if the client has no replay. */
    Subscriber subscribe(String channel, @Nullable Position start) {
        Subscription none = (Subscription) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{Subscription.class}, (proxy, method, arguments) -> null);
        Subscriber made = new Subscriber(none, List.of(channel), false);
        happens(new Input.Join(made, start == null ? Map.of() : Map.of(channel, start)));
        return made;
    }

    Request publish(String channel) {
        Request request = Request.ofData(Kind.PUBLISH, channel, "1");
        happens(new Input.Submit(List.of(request)));
        return request;
    }

    PlayedServer after(Duration wait) {
        nowNs += wait.toNanos();
        return happens(new Input.Time());
    }

    /** Advances the time to the next event. */
    PlayedServer wakes() {
        nowNs = Math.max(nowNs, core.wakeAtNs());
        return happens(new Input.Time());
    }

    // What the server does

    Exchange connect() {
        return Objects.requireNonNull(connect);
    }

    Exchange batch() {
        return Objects.requireNonNull(batch);
    }

    PlayedServer handshook() {
        sessions++;
        return answer(connect(), "{'channel':'/meta/handshake','successful':true,'clientId':'s%d','ext':%s}"
                .formatted(sessions, ext));
    }

    /** Answers all of the last batch with a yes. */
    PlayedServer accept() {
        return answer(batch(), String.join(",", batch().requests().stream().map(PlayedServer::yes).toList()));
    }

    static String yes(Request request) {
        return reply(request, "'successful':true");
    }

    static String no(Request request, String error) {
        return reply(request, "'successful':false,'error':'%s'".formatted(error));
    }

    private static String reply(Request request, String rest) {
        return "{'channel':'%s','id':'%s',%s%s}".formatted(request.channel(), request.id(), rest,
                request.kind() == Kind.SUBSCRIBE ? ",'subscription':'%s'".formatted(request.body()) : "");
    }

    /** The last connect succeeds, and brings deliveries. */
    PlayedServer connected(String... deliveries) {
        List<String> all = new ArrayList<>(List.of(deliveries));
        all.add(yes(connect().requests().getFirst()));
        return answer(connect(), String.join(",", all));
    }

    static String event(String channel, long replayId) {
        return "{'channel':'%s','data':{'event':{'replayId':%d}}}".formatted(channel, replayId);
    }

    PlayedServer answer(Exchange exchange, String messages) {
        return answerText(exchange, "[" + messages + "]");
    }

    private PlayedServer answer(Exchange exchange, MessageReader.Reading reading) {
        CutOffReply.Taking taking = read(reading);
        return happens(Input.Received.of(exchange, exchange.connection(), taking.messages(), reading).with(taking));
    }

    /** Reads a response as a connection does, before the core takes it. */
    CutOffReply.Taking read(MessageReader.Reading reading) {
        return cutOff.take(reading,
                core.view().session().isAcknowledging() ? core.view().session().clientId().orElse(null) : null);
    }

    /** A whole response that the core has not taken. */
    Input.Received received(Exchange exchange, String messages) {
        MessageReader.Reading reading = reader.read("[" + messages.replace('\'', '"') + "]", "long-polling");
        return Input.Received.of(exchange, exchange.connection(), reading.messages(), reading);
    }

    /** A response of which only these messages arrive. */
    MessageReader.Reading brokenOff(String messages) {
        return reader.read("[" + messages.replace('\'', '"') + "]", "long-polling").asCutOff();
    }

    PlayedServer breakOff(Exchange exchange, String messages) {
        return answer(exchange, brokenOff(messages));
    }

    PlayedServer answerText(Exchange exchange, String text) {
        return answer(exchange, reader.read(text.replace('\'', '"'), "long-polling"));
    }

    /** Messages that a full-duplex connection brings by itself. */
    PlayedServer push(String messages) {
        return pushText("[" + messages + "]");
    }

    PlayedServer pushText(String text) {
        MessageReader.Reading reading = reader.read(text.replace('\'', '"'), "websocket");
        return happens(Input.Received.of(null, connect().connection(), reading.usable(), reading));
    }

    /** A response, or with {@code null} a frame, of which an extension drops all messages on a channel. */
    PlayedServer answerDropped(@Nullable Exchange exchange, String messages, String channel) {
        MessageReader.Reading reading = reader.read("[" + messages.replace('\'', '"') + "]", "long-polling");
        List<IncomingMessage> left = reading.usable().stream().filter(each -> !channel.equals(each.channel())).toList();
        return happens(Input.Received.of(exchange, connect().connection(), left, reading));
    }

    PlayedServer lose(Exchange exchange) {
        return lose(exchange, LOST);
    }

    PlayedServer lose(Exchange exchange, BayeuxException failure) {
        return happens(new Input.Failed(exchange, failure));
    }

    /** A client with one active subscription, whose connect is held. */
    static PlayedServer connected(boolean replay, String ext, @Nullable Position start) {
        PlayedServer server = new PlayedServer(replay, ext);
        server.happens(new Input.Connect());
        server.subscribe("/a", start);
        server.handshook().accept().connected();
        server.clear();
        return server;
    }

    // What the client has done

    /** What was sent since the last look. */
    List<String> sent() {
        List<String> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    void clear() {
        sent.clear();
        effects.clear();
    }

    <E extends ClientEvent> List<E> told(Class<E> kind) {
        return effects.stream().filter(Effect.Report.class::isInstance).map(each -> ((Effect.Report) each).event())
                .filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How a publish has failed. */
    PublishException failureOf(Request request) {
        return effects.stream().filter(Effect.Fail.class::isInstance).map(Effect.Fail.class::cast)
                .filter(each -> each.request() == request).map(Effect.Fail::why).findFirst()
                .orElseThrow(() -> new AssertionError("It has not failed."));
    }

    boolean isOver(Request request) {
        return effects.stream().anyMatch(each -> each instanceof Effect.Fail failed && failed.request() == request
                || each instanceof Effect.Complete complete && complete.request() == request);
    }

    /** {@return the answer to a call, a text; {@code null} if the call has failed} */
    @Nullable
    String answerTo(Request call) {
        return effects.stream().filter(each -> each instanceof Effect.Complete done && done.request() == call)
                .map(each -> String.valueOf(Objects.requireNonNull(((Effect.Complete) each).reply()).data()))
                .map(data -> data.replace("\"", "")).findFirst().orElse(null);
    }

    boolean hasBatch() {
        return batch != null;
    }

    /** Whether a reply of the server has ended a publish. */
    boolean replied(Request request) {
        return effects.stream().anyMatch(each -> each instanceof Effect.Fail failed && failed.request() == request
                || each instanceof Effect.Complete complete && complete.request() == request
                        && complete.reply() != null);
    }

    /** The data of all deliveries to subscribers. */
    List<String> delivered() {
        List<String> all = new ArrayList<>();
        for (Effect each : effects) {
            if (each instanceof Effect.Deliver(var messages, var from, var to, var first, var exceed)) {
                messages.subList(from, to).stream().map(IncomingMessage::data).map(String::valueOf).forEach(all::add);
            }
        }
        return all;
    }

    boolean has(Class<? extends Effect> kind) {
        return effects.stream().anyMatch(kind::isInstance);
    }
}
