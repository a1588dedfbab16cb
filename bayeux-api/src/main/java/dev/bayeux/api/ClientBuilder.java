package dev.bayeux.api;

import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.api.spi.Extension;
import dev.bayeux.api.spi.ExtensionProvider;
import dev.bayeux.api.spi.HeaderRules;
import dev.bayeux.api.spi.HeaderSource;
import dev.bayeux.api.spi.TransportProvider;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import java.net.CookieHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client to come. Not safe for concurrent use. May make any number of clients; changing the builder
 * does not change those that were made.
 *
 * <p>They are in four groups: the way to the server ({@link #transports(String...)} to {@link #cookies}), what is sent and
 * received ({@link #channelRules} to {@link #extensions(String...)}), times, sizes and failures ({@link #timeouts} to
 * {@link #onServerDisconnect}), and who sees what happens ({@link #name} to {@link #observation}).
 */
public final class ClientBuilder {

    // ClientConfig takes what it needs from here.

    final List<Endpoint> endpoints;
    List<TransportProvider> transports = List.of();
    List<String> transportNames = List.of();
    HttpSettings http = HttpSettings.DEFAULT;
    Dialect dialect = Dialect.BAYEUX_1_0;
    Supplier<JsonObject> handshake = () -> JsonValue.EMPTY_JSON_OBJECT;
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final List<HeaderSource> headerSources = new ArrayList<>();
    @Nullable
    CredentialsSource credentials;
    @Nullable
    CookieHandler cookies;

    ChannelRules channelRules = ChannelRules.COMETD;
    @Nullable
    Jsonb jsonb;
    boolean acknowledge = true;
    @Nullable
    OutboxLimits outbox;
    @Nullable
    PositionStore positions;
    OnInvalidPosition onInvalidPosition = OnInvalidPosition.FAIL;
    final List<String> extensionNames = new ArrayList<>();
    final List<ExtensionProvider> extensions = new ArrayList<>();

    Timeouts timeouts = Timeouts.DEFAULT;
    Limits limits = Limits.DEFAULT;
    Backoff backoff = Backoff.DEFAULT;
    OnServerDisconnect onServerDisconnect = OnServerDisconnect.STOP;
    OnAuthenticationFailure onAuthenticationFailure = OnAuthenticationFailure.RETRY;
    Duration longestServerWait = Duration.ofHours(1);

    String name = "";
    final List<Consumer<? super ClientEvent>> listeners = new ArrayList<>();
    Observation observation = Observation.DEFAULT;
    @Nullable
    Executor handlerExecutor;

    ClientBuilder(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    // The way to the server

    /**
     * Chooses among the transports that are found, in order of preference: where the first cannot be used the client
     * goes on with the next.
     *
     * @param names names of transports such as {@code "jdk-websocket"} and {@code "jdk-long-polling"}, or connection
     *            types such as {@code "websocket"} where only one transport has that type; default: the one that does
     *            long-polling
     * @return this
     */
    public ClientBuilder transports(String... names) {
        this.transportNames = List.of(names);
        return this;
    }

    /**
     * Uses transports that the program made, with an HTTP client of its own for example. They win over what is found.
     *
     * @param providers in order of preference
     * @return this
     */
    public ClientBuilder transports(TransportProvider... providers) {
        this.transports = List.of(providers);
        return this;
    }

    /**
     * Sets how to go through the network: proxies, TLS, the version of HTTP. They hold for transports that make HTTP
     * clients of their own.
     *
     * @param settings default {@link HttpSettings#DEFAULT}
     * @return this
     */
    public ClientBuilder http(HttpSettings settings) {
        this.http = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Sets for which servers the client speaks.
     *
     * @param dialect default {@link Dialect#BAYEUX_1_0}; another one chooses the format of requests in place of
     *            {@link #http}
     * @return this
     */
    public ClientBuilder dialect(Dialect dialect) {
        this.dialect = Objects.requireNonNull(dialect, "dialect");
        return this;
    }

    /**
     * Adds fields to every handshake, such as an {@code ext} with what the server wants to know. The protocol's own
     * fields ({@code channel}, {@code id}, {@code version}, {@code minimumVersion}, {@code supportedConnectionTypes},
     * {@code clientId}) cannot be changed (protocol.md C-03).
     *
     * @param fields the fields; {@code ext} is merged with what credentials add
     * @return this
     */
    public ClientBuilder handshake(JsonObject fields) {
        Objects.requireNonNull(fields, "fields");
        return handshake(() -> fields);
    }

    /**
     * Adds fields that are asked for at each handshake.
     *
     * @param fields asked on a thread of the protocol, which waits: it should answer at once
     * @return this
     */
    public ClientBuilder handshake(Supplier<JsonObject> fields) {
        this.handshake = Objects.requireNonNull(fields, "fields");
        return this;
    }

    /**
     * Adds a header to every request, or replaces the one of that name. Its value is never logged.
     *
     * @param name the name, in any case
     * @param value the value: no control characters but tabs, and none beyond Latin-1
     * @return this
     * @throws IllegalArgumentException if name or value cannot be sent
     */
    public ClientBuilder header(String name, String value) {
        HeaderRules.problemOf(name, Objects.requireNonNull(value, "value")).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        headers.put(name, value);
        return this;
    }

    /**
     * Adds headers that are asked for at each request.
     *
     * @param source asked on threads of the protocol: it should answer at once
     * @return this
     */
    public ClientBuilder headers(HeaderSource source) {
        headerSources.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /**
     * Sets where credentials come from.
     *
     * @param source asked before the first handshake and again when the server refuses; may block
     * @return this
     */
    public ClientBuilder credentials(CredentialsSource source) {
        this.credentials = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Keeps cookies in a store of the program. Default: a store of the client's own, which is emptied when the client
     * disconnects (protocol.md C-95, C-111).
     *
     * @param cookies the store; clients that share one look like one browser to the server
     * @return this
     */
    public ClientBuilder cookies(CookieHandler cookies) {
        this.cookies = Objects.requireNonNull(cookies, "cookies");
        return this;
    }

    // What is sent and received

    /**
     * Sets which channels are let through to the server.
     *
     * @param rules default {@link ChannelRules#COMETD}
     * @return this
     */
    public ClientBuilder channelRules(ChannelRules rules) {
        this.channelRules = Objects.requireNonNull(rules, "rules");
        return this;
    }

    /**
     * Binds data with a JSON-B of the program, which clients may share. Default: {@code JsonbBuilder.create()} for each client,
     * made when it is first needed: a binding holds on to the classes that it has seen.
     *
     * @param jsonb safe for use by several threads; not closed by the client
     * @return this
     */
    public ClientBuilder jsonb(Jsonb jsonb) {
        this.jsonb = Objects.requireNonNull(jsonb, "jsonb");
        return this;
    }

    /**
     * Sets whether deliveries are acknowledged, if the server offers that (the CometD extension {@code ack}): what the
     * server sent in an answer that got lost on the way is then sent again, in order, for as long as the session lives.
     * Without it such messages are lost. A message can come twice.
     *
     * @param acknowledge default {@code true}; servers that do not know it take no notice
     * @return this
     */
    public ClientBuilder acknowledge(boolean acknowledge) {
        this.acknowledge = acknowledge;
        return this;
    }

    /**
     * Gives the client an {@link Outbox}, which publishes through outages. Default: none.
     *
     * @param limits such as {@link OutboxLimits#DEFAULT}
     * @return this
     */
    public ClientBuilder outbox(OutboxLimits limits) {
        this.outbox = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Turns replay on (Salesforce's extension, protocol.md 6.4): each subscription asks the server for the messages behind the
     * last one that was handled, after every new session and every new start of the program. So messages are handled at
     * least once, as far as the server keeps them; docs/durable.md has the whole.
     *
     * <p>The position of a channel is saved when a handler has returned normally, or its {@link OnHandlerFailure} has
     * skipped the message; for a {@link PullSubscription}, when the message is committed. Where several subscriptions have
     * the same channel, what is saved is what all of them have handled. If the server does not offer replay,
     * {@link ClientEvent.ReplayGap} tells so.
     *
     * @param positions where positions are kept, such as {@code PositionStore.ofFile(path)}; one store for each server and
     *            user; not closed by the client
     * @return this
     */
    public ClientBuilder replay(PositionStore positions) {
        this.positions = Objects.requireNonNull(positions, "positions");
        return this;
    }

    /**
     * Sets what to do when the server refuses a position, such as one whose messages it keeps no longer.
     *
     * @param action default {@link OnInvalidPosition#FAIL}
     * @return this
     */
    public ClientBuilder onInvalidPosition(OnInvalidPosition action) {
        this.onInvalidPosition = Objects.requireNonNull(action, "action");
        return this;
    }

    /**
     * Adds extensions that are on the class path or module path. Each client gets instances of its own. Those that are
     * named come before those that the program made.
     *
     * @param names such as {@code "timesync"}; {@link #build()} fails if one is not found
     * @return this
     */
    public ClientBuilder extensions(String... names) {
        extensionNames.addAll(List.of(names));
        return this;
    }

    /**
     * Adds extensions that the program made. They serve one client: {@link #build()} then works once.
     *
     * @param instances in order; the first is nearest to the network
     * @return this
     */
    public ClientBuilder extensions(Extension... instances) {
        for (Extension instance : List.of(instances)) {
            extensions.add(new OnlyOnce(instance));
        }
        return this;
    }

    /**
     * Adds extensions, made for each client that this builder builds.
     *
     * @param providers in order; the first is nearest to the network
     * @return this
     */
    public ClientBuilder extensions(ExtensionProvider... providers) {
        extensions.addAll(List.of(providers));
        return this;
    }

    // Times and sizes, and what to do when things go wrong

    /**
     * Sets all timeouts.
     *
     * @param timeouts default {@link Timeouts#DEFAULT}
     * @return this
     */
    public ClientBuilder timeouts(Timeouts timeouts) {
        this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
        return this;
    }

    /**
     * Sets how long the server may stay silent while it owes an answer, beyond the time for which it holds a connect: until
     * the first byte of the answer, and then from each part of it to the next.
     *
     * @param limit more than zero; default 10 s
     * @return this
     */
    public ClientBuilder replyTimeout(Duration limit) {
        return timeouts(timeouts.withReply(limit));
    }

    /**
     * Sets how long a message may wait to be sent while there is no session.
     *
     * @param limit more than zero; default 10 s
     * @return this
     */
    public ClientBuilder sendTimeout(Duration limit) {
        return timeouts(timeouts.withSend(limit));
    }

    /**
     * Sets how long {@code connect()} tries.
     *
     * @param limit more than zero; default 30 s
     * @return this
     */
    public ClientBuilder connectTimeout(Duration limit) {
        return timeouts(timeouts.withConnect(limit));
    }

    /**
     * Sets how long {@code disconnect()} and {@code close()} wait for the server and for handlers.
     *
     * @param limit more than zero; default 5 s
     * @return this
     */
    public ClientBuilder closeTimeout(Duration limit) {
        return timeouts(timeouts.withClose(limit));
    }

    /**
     * Sets how much is kept in memory.
     *
     * @param limits default {@link Limits#DEFAULT}
     * @return this
     */
    public ClientBuilder limits(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Sets how long to wait between attempts, and when to give up.
     *
     * @param backoff default {@link Backoff#DEFAULT}
     * @return this
     */
    public ClientBuilder backoff(Backoff backoff) {
        this.backoff = Objects.requireNonNull(backoff, "backoff");
        return this;
    }

    /**
     * Sets what to do when the server ends the session for good.
     *
     * @param action default {@link OnServerDisconnect#STOP}
     * @return this
     */
    public ClientBuilder onServerDisconnect(OnServerDisconnect action) {
        this.onServerDisconnect = Objects.requireNonNull(action, "action");
        return this;
    }

    /**
     * Sets what a client that has been connected does when it is refused for who it is.
     *
     * @param action default {@link OnAuthenticationFailure#RETRY}
     * @return this
     */
    public ClientBuilder onAuthenticationFailure(OnAuthenticationFailure action) {
        this.onAuthenticationFailure = Objects.requireNonNull(action, "action");
        return this;
    }

    /**
     * Sets the longest wait that the server may ask for, with the advice {@code interval} or with {@code Retry-After}.
     * What it asks for beyond that is not waited for. {@link ClientEvent.ServerAskedToWait} tells of each wait of more
     * than a minute.
     *
     * @param limit more than zero and at most a year; default one hour
     * @return this
     * @throws IllegalArgumentException if the limit is out of range
     */
    public ClientBuilder longestServerWait(Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException(
                    "The longest wait for the server must be more than zero and at most a year: " + limit);
        }
        this.longestServerWait = limit;
        return this;
    }

    // Who sees what happens

    /**
     * Names the client in threads and logs.
     *
     * @param name any text; default: a number
     * @return this
     */
    public ClientBuilder name(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Runs handlers and the subscribers of publishers on an executor of the program. Default: each subscription has a
     * virtual thread of the client while messages wait for it.
     *
     * <p>For handlers that compute: virtual threads share as many platform threads as there are processors and are not
     * interrupted by each other, so as many computing handlers leave nothing for the protocol, and the session is lost.
     * Handlers that wait, for a database for example, are better off with the default.
     *
     * <p>Each task handles what waits for one subscription and then returns; the tasks of one subscription never overlap.
     * The executor is called on a virtual thread and may block or run the task at once. If it throws or rejects, nothing is
     * lost ({@link ClientEvent.HandlerNotStarted}). It must not drop tasks in silence. It is the program's to shut down,
     * after the client.
     *
     * @param executor such as {@code Executors.newFixedThreadPool(4)}; may be shared by clients
     * @return this
     */
    public ClientBuilder handlerExecutor(Executor executor) {
        this.handlerExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Adds a listener for all events.
     *
     * @param listener called on a virtual thread of the client, one event after the other
     * @return this
     */
    public ClientBuilder onEvent(Consumer<? super ClientEvent> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a listener for failures that no caller waits for. They are logged as well, with level warning, unless
     * {@link Observation#withoutLogging()} turns that off.
     *
     * @param listener called on a virtual thread of the client, one event after the other
     * @return this
     */
    public ClientBuilder onError(Consumer<? super ClientEvent.Failure> listener) {
        Objects.requireNonNull(listener, "listener");
        return onEvent(event -> {
            if (event instanceof ClientEvent.Failure failure) {
                listener.accept(failure);
            }
        });
    }

    /**
     * Sets who sees inside the client, and what it keeps for the day when something goes wrong. Java Flight Recorder sees
     * it without any setting: docs/seeing-inside.md.
     *
     * @param observation default {@link Observation#DEFAULT}
     * @return this
     */
    public ClientBuilder observation(Observation observation) {
        this.observation = Objects.requireNonNull(observation, "observation");
        return this;
    }

    // The client

    /**
     * The settings as they are now: what the engine gets. Programs need it only to make a {@link ClientFactory}'s clients by
     * hand.
     *
     * @return the settings; what is changed in this builder later is not in them
     */
    public ClientConfig config() {
        return new ClientConfig(this);
    }

    /**
     * Makes a client that is not connected.
     *
     * @return the client
     * @throws ConfigurationException if there is no engine or no transport, or if the settings leave the choice open
     */
    public BayeuxClient build() {
        return Engine.find().create(config());
    }

    /**
     * Makes a client and connects it.
     *
     * @return the client, connected; if this method throws there is none, and nothing is left behind
     * @throws ConfigurationException if there is no engine or no transport, or if the settings leave the choice open
     * @throws HandshakeException if no session could be had within {@link Timeouts#connect()}
     * @throws InterruptedException if the thread is interrupted
     */
    public BayeuxClient connect() throws InterruptedException {
        BayeuxClient client = build();
        boolean connected = false;
        try {
            client.connect();
            connected = true;
        } finally {
            if (!connected) {
                client.close();
            }
        }
        return client;
    }
}
