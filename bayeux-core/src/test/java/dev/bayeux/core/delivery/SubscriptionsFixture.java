package dev.bayeux.core.delivery;

import dev.bayeux.api.Backoff;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.Endpoint;
import dev.bayeux.api.MessageHandler;
import dev.bayeux.api.OnServerDisconnect;
import dev.bayeux.api.Overflow;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.protocol.Effect;
import dev.bayeux.core.protocol.Exchange;
import dev.bayeux.core.protocol.Input;
import dev.bayeux.core.protocol.ProtocolCore;
import dev.bayeux.core.protocol.ProtocolSettings;
import dev.bayeux.core.protocol.Queued;
import dev.bayeux.core.protocol.ReplayExtension;
import dev.bayeux.core.runtime.ClientRuntime;
import dev.bayeux.core.session.SessionSettings;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a client with a session, over a full-duplex connection whose server the test plays. */
final class SubscriptionsFixture {

    static final int LIMIT = 3;
    /** How many messages a paused queue takes beyond that. */
    static final int EXCESS = 50;

    private static final String TYPE = "long-polling";

    final LinkedBlockingQueue<ClientEvent> told = new LinkedBlockingQueue<>();
    final Json json = Json.find();
    final Payloads payloads = new Payloads(json, null);
    final Events events = new Events(ClientRuntime.jvm(), "test", List.of(this::hear),
            new Observer(ClientRuntime.jvm(), "test", null), false, UnaryOperator.identity());
    /** What happens before the program knows its subscription. */
    Runnable afterJoin = () -> {
        // Nothing.
    };
    /** What happens when a subscription has ended. */
    Runnable afterLeft = () -> {
        // Nothing.
    };
    final Subscribers subscriptions;
    final ClientLoop loop;
    private final ProtocolCore core;
    private final Deliverer deliverer;
    private final InvalidPositions positions;
    private final MessageReader reader = new MessageReader(json);
    private final boolean offersReplay;
    private final List<Request> sent = new ArrayList<>();
    private @Nullable Exchange sending;
    private @Nullable Exchange connecting;
    private int connection;
    private int sessions;

    /** Of a client without replay. */
    SubscriptionsFixture() {
        this(null, OnInvalidPosition.FAIL, false);
    }

    SubscriptionsFixture(@Nullable PositionStore store, OnInvalidPosition policy, boolean offersReplay) {
        this.offersReplay = offersReplay;
        ClientRuntime runtime = ClientRuntime.jvm();
        Backoff backoff = Backoff.of(Duration.ofMillis(1), Duration.ofMillis(2));
        List<Endpoint> endpoints = List.of(Endpoint.of(URI.create("http://test.example/")));
        this.core = new ProtocolCore(
                new ProtocolSettings(new SessionSettings(List.of(TYPE), endpoints, Duration.ofSeconds(10), backoff,
                        OnServerDisconnect.STOP, false, false), Duration.ofSeconds(10), 1000, 32_768),
                new ReplayExtension(json, store != null), 1, runtime.nanoTime());
        this.loop = new ClientLoop(runtime, core, "test");
        this.deliverer = new Deliverer(runtime, loop, core.routes(), events);
        this.positions = new InvalidPositions(runtime, "test", loop, policy);
        this.subscriptions = new Subscribers(new SubscriptionContext(runtime, "test", loop, events, payloads,
                new HandledPositions(runtime, loop, payloads, events, store), null, EXCESS));
        loop.perform(this::perform);
        beginSession();
    }

    /** What the session says of itself is no matter of subscriptions. */
    private void hear(ClientEvent event) {
        if (!(event instanceof ClientEvent.StateChanged || event instanceof ClientEvent.SessionRenewed
                || event instanceof ClientEvent.AttemptFailed)) {
            told.add(event);
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Deliver deliver -> deliverer.deliver(deliver);
            case Effect.ReportDropped dropped -> deliverer.reportDropped();
            case Effect.Send(var exchange) -> send(exchange);
            case Effect.Report(var event) -> events.report(event);
            case Effect.Joined(var subscriber, var after) -> {
                subscriptions.joined(subscriber);
                afterJoin.run();
            }
            case Effect.Refuse refuse -> subscriptions.refuse(refuse);
            case Effect.Establish(var subscriber) -> subscriptions.establish(subscriber);
            case Effect.Reject reject -> subscriptions.reject(reject);
            case Effect.Left(var subscriber) -> {
                subscriptions.left(subscriber);
                afterLeft.run();
            }
            case Effect.StopReceiving(var why) -> subscriptions.stopReceiving(why);
            case Effect.StartReceiving start -> subscriptions.startReceiving();
            case Effect.ChoosePosition(var refused) -> positions.ask(refused);
            case Effect.Open(var number, var endpoint) -> connection = number;
            case Effect.Reopen(var number, var endpoint, var leave) -> connection = number;
            default -> {
                // No matter of subscriptions.
            }
        }
    }

    private void send(Exchange exchange) {
        if (exchange.action() == null) {
            sending = exchange;
            sent.addAll(exchange.requests());
        } else {
            connecting = exchange;
        }
        loop.accept(new Input.Written(exchange));
    }

    // What a program does

    Started<PullSubscription<JsonValue>> pull(String... channels) {
        return pull(Overflow.DROP_OLDEST, JsonValue.class, channels);
    }

    <T> Started<PullSubscription<T>> pull(Overflow overflow, Type type, String... channels) {
        return subscriptions.start(SubscriptionSettings.of(List.of(channels), type, LIMIT, overflow));
    }

    <T> Started<Subscription> handle(MessageHandler<T> handler, Type type, String... channels) {
        return subscriptions.start(SubscriptionSettings.of(List.of(channels), type, LIMIT, Overflow.CLOSE), handler);
    }

    /** One that the server has accepted. */
    PullSubscription<JsonValue> active(String... channels) {
        PullSubscription<JsonValue> subscription = pull(channels).subscription();
        acceptAll();
        clear();
        return subscription;
    }

    void beginSession() {
        loop.accept(new Input.Connect());
        answerHandshake();
    }

    void endSession() {
        loop.accept(new Input.Abort());
    }

    void close(Duration limit) {
        subscriptions.close(ClientRuntime.jvm().after(limit));
    }

    // What a server does

    void push(String text) {
        MessageReader.Reading reading = reader.read("[" + text.replace('\'', '"') + "]", TYPE);
        receive(reading.messages());
    }

    private static String id(@Nullable Exchange exchange) {
        if (exchange == null) {
            throw new AssertionError("Nothing was sent");
        }
        return exchange.requests().getFirst().id();
    }

    /** The next session begins: all subscriptions are asked for. */
    void answerHandshake() {
        sessions++;
        push("{'channel':'/meta/handshake','id':'%s','successful':true,'clientId':'s%d','ext':{'replay':%s}}"
                .formatted(id(connecting), sessions, offersReplay));
    }

    /** The session is gone; the handshake for the next one is not answered. */
    void loseSession() {
        push("{'channel':'/gone','data':1,'successful':false,'advice':{'reconnect':'handshake'}}");
    }

    void acceptAll() {
        while (sending != null && !sending.isOver()) {
            List.copyOf(sending.requests()).forEach(this::accept);
        }
    }

    void accept(Request request) {
        answer(request, true, "");
    }

    void refuse(Request request) {
        refuse(request, "403::subscribe_denied");
    }

    void refuse(Request request, String error) {
        answer(request, false, error);
    }

    private void answer(Request request, boolean successful, String error) {
        push("{'channel':'%s','id':'%s','successful':%s,'error':'%s','subscription':'%s'}".formatted(
                request.channel(), request.id(), successful, escaped(error), escaped(request.body())));
    }

    private static String escaped(String text) {
        return text.replace("'", "\\u0027");
    }

    /** No answer comes to the requests that are on their way. */
    void loseAnswers() {
        loop.accept(new Input.Failed(Objects.requireNonNull(sending),
                new TransportException(Problem.LOST, "lost", null)));
    }

    /** One reply with deliveries on a channel. */
    boolean deliver(String channel, String... data) {
        boolean heard = !core.routes().of(channel).isEmpty();
        List<IncomingMessage> messages = new ArrayList<>();
        for (String each : data) {
            messages.add(message(channel, each));
        }
        receive(messages);
        return heard;
    }

    void receive(List<IncomingMessage> messages) {
        loop.accept(Input.Received.of(null, connection, messages,
                new MessageReader.Reading(messages, List.of(), 0, 0, null)));
    }

    IncomingMessage message(String channel, String data) {
        return reader.read("[{\"channel\":\"%s\",\"data\":%s}]".formatted(channel, data), "").messages().getFirst();
    }

    // What the test sees

    /** All requests that were sent since the last {@link #clear}, and those that wait for the batch before. */
    List<Request> requests() {
        return loop.look(view -> {
            List<Request> all = new ArrayList<>(sent);
            all.addAll(Queued.in(core));
            return all;
        });
    }

    void clear() {
        loop.look(view -> {
            sent.clear();
            return true;
        });
    }

    /** What was sent, as {@code +channel} and {@code -channel}. */
    List<String> sent() {
        return requests().stream().map(request -> (request.kind() == Kind.SUBSCRIBE ? "+" : "-") + request.body())
                .toList();
    }

    boolean allActive() {
        return loop.look(view -> view.allActive());
    }

    ClientEvent nextEvent() throws InterruptedException {
        ClientEvent event = told.poll(5, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event");
        }
        return event;
    }

    /** Asserts that no further event was reported. */
    boolean nothingTold() throws InterruptedException {
        return events.worker().awaitIdle(ClientRuntime.jvm().after(Duration.ofSeconds(5))) && told.isEmpty();
    }
}
