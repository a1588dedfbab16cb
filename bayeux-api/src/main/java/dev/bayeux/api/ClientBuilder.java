package dev.bayeux.api;

import dev.bayeux.api.binding.DataBinding;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.ExtensionProvider;
import dev.bayeux.api.http.HeaderRules;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.api.spi.HeaderSource;
import dev.bayeux.api.spi.TransportProvider;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a client and makes it. Not safe for concurrent use. A builder may make any number of
 * clients; later changes of the builder do not affect them. No argument may be {@code null}.
 *
 * <p>A method sets one value and replaces what an earlier call has set. Methods whose name begins with {@code add} or
 * {@code on} and takes a listener or source ({@link #addExtension(String)}, {@link #addHeaders}, {@link #onEvent},
 * {@link #onError}, {@link #onResponse}) add to what is there.
 *
 * <p>The settings are in four groups: the way to the server ({@link #transports(String, String...)} to {@link #cookies}), what
 * is sent and received ({@link #channelRules} to {@link #addExtension(String)}), times, sizes and failures
 * ({@link #timeouts} to {@link #longestServerWait}), and observation ({@link #name} to {@link #observation}).
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
    DataBinding binding;
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

    @Nullable
    String name;
    final List<Consumer<? super ClientEvent>> listeners = new ArrayList<>();
    final List<Consumer<? super ResponseHead>> responseListeners = new ArrayList<>();
    Observation observation = Observation.DEFAULT;
    @Nullable
    Executor handlerExecutor;

    ClientBuilder(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    // The way to the server

    /**
     * Chooses among the transports that are found, or among those of {@link #transports(TransportProvider,
     * TransportProvider...)}, in order of preference. Where the client cannot use the first, it falls back to the next.
     * Replaces an earlier choice.
     *
     * @param first the name of a transport such as {@code "jdk-websocket"} or {@code "jdk-long-polling"}, or a
     *            connection type such as {@code "websocket"} where only one transport has that type; default: the
     *            transport that does long-polling
     * @param others names of the transports to fall back to, in order
     * @return this
     */
    public ClientBuilder transports(String first, String... others) {
        this.transportNames = Stream.concat(Stream.of(first), Stream.of(others)).toList();
        return this;
    }

    /**
     * Chooses transports as {@link #transports(String, String...)} does, by names from a configuration. Replaces an
     * earlier choice.
     *
     * @param names in order of preference; empty for the default
     * @return this
     */
    public ClientBuilder transports(List<String> names) {
        this.transportNames = List.copyOf(names);
        return this;
    }

    /**
     * Sets transports that the program made, for example with its own HTTP client. They take precedence over
     * transports that are found. Replaces those of an earlier call.
     *
     * @param first the transport to use
     * @param others the transports to fall back to, in order
     * @return this
     */
    public ClientBuilder transports(TransportProvider first, TransportProvider... others) {
        this.transports = Stream.concat(Stream.of(first), Stream.of(others)).toList();
        return this;
    }

    /**
     * Sets the options for HTTP: proxies, TLS, the version of HTTP. They apply to transports that make their own HTTP
     * clients.
     *
     * @param settings default {@link HttpSettings#DEFAULT}
     * @return this
     */
    public ClientBuilder http(HttpSettings settings) {
        this.http = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Sets the dialect of the protocol that the server speaks.
     *
     * @param dialect default {@link Dialect#BAYEUX_1_0}; another dialect determines the format of requests instead of
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
     * Adds fields to every handshake, from a function that the client calls each time.
     *
     * @param fields called on a thread of the protocol, which waits for it: must return at once
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
     * @param value the value: no control characters but tabs, and only characters of Latin-1
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
     * Adds headers to every request, from a source that the client calls each time.
     *
     * @param source called on threads of the protocol: must return at once
     * @return this
     */
    public ClientBuilder addHeaders(HeaderSource source) {
        headerSources.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /**
     * Sets the source of credentials.
     *
     * @param source called before the first handshake and again when the server refuses the credentials; may block
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
     * @param cookies the store; to the server, clients that share one look like one browser
     * @return this
     */
    public ClientBuilder cookies(CookieHandler cookies) {
        this.cookies = Objects.requireNonNull(cookies, "cookies");
        return this;
    }

    // What is sent and received

    /**
     * Sets which channel names the client accepts.
     *
     * @param rules default {@link ChannelRules#COMETD}
     * @return this
     */
    public ClientBuilder channelRules(ChannelRules rules) {
        this.channelRules = Objects.requireNonNull(rules, "rules");
        return this;
    }

    /**
     * Sets what binds data to Java types. By default the client uses the one {@link DataBinding} that it finds on the
     * class path or module path, such as that of {@code dev.bayeux:bayeux-jackson}, and otherwise JSON-B: a separate
     * instance, made when the client first needs one, because an instance keeps references to the classes that it has bound.
     *
     * @param binding such as {@code JsonbBinding.of(jsonb)}; clients may share one
     * @return this
     */
    public ClientBuilder binding(DataBinding binding) {
        this.binding = Objects.requireNonNull(binding, "binding");
        return this;
    }

    /**
     * Sets whether the client acknowledges deliveries, if the server offers that (the CometD extension {@code ack}).
     * The server then sends the messages of a lost reply again, in order, as long as the session lives. Without
     * acknowledgement such messages are lost. With it a message can come twice.
     *
     * @param acknowledge default {@code true}; servers that do not know the extension ignore it
     * @return this
     */
    public ClientBuilder acknowledge(boolean acknowledge) {
        this.acknowledge = acknowledge;
        return this;
    }

    /**
     * Gives the client an {@link Outbox}, which retries publishes through outages. Default: none.
     *
     * @param limits such as {@link OutboxLimits#DEFAULT}
     * @return this
     */
    public ClientBuilder outbox(OutboxLimits limits) {
        this.outbox = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Turns replay on (Salesforce's extension, protocol.md 6.4). After every new session and every start of the
     * program, each subscription asks the server for the messages after the last one that was handled. So each message
     * is handled at least once, as long as the server keeps it; docs/durable.md describes all cases.
     *
     * <p>The client saves the position of a channel when a handler has returned normally, or when the
     * {@link OnHandlerFailure} has skipped the message; for a {@link PullSubscription}, when the message is committed.
     * If several subscriptions have the same channel, it saves what all of them have handled.
     * {@link ClientEvent.ReplayGap} reports a server that does not offer replay.
     *
     * @param positions where positions are kept, such as {@code PositionStore.ofFile(path)}; one store for each server
     *            and user; the client does not close it
     * @return this
     */
    public ClientBuilder replay(PositionStore positions) {
        this.positions = Objects.requireNonNull(positions, "positions");
        return this;
    }

    /**
     * Sets where a subscription begins when the server refuses its position, for example because the server no longer
     * keeps those messages.
     *
     * @param action default {@link OnInvalidPosition#FAIL}
     * @return this
     */
    public ClientBuilder onInvalidPosition(OnInvalidPosition action) {
        this.onInvalidPosition = Objects.requireNonNull(action, "action");
        return this;
    }

    /**
     * Adds an extension by name; it must be on the class path or module path. Each client gets its own instance.
     * Extensions added by name come before all others.
     *
     * @param name such as {@code "timesync"}; {@link #build()} fails if there is none of that name
     * @return this
     */
    public ClientBuilder addExtension(String name) {
        extensionNames.add(Objects.requireNonNull(name, "name"));
        return this;
    }

    /**
     * Adds an extension that the program made. It serves one client, even if it has no state, since the client calls it
     * on its threads. {@link #build()} fails if a client has had this instance before, from whatever builder. For
     * several clients add an {@link ExtensionProvider}.
     *
     * @param instance follows those added before: the first is nearest to the network
     * @return this
     */
    public ClientBuilder addExtension(Extension instance) {
        extensions.add(new OnlyOnce(Objects.requireNonNull(instance, "instance")));
        return this;
    }

    /**
     * Adds an extension of which each client gets its own instance.
     *
     * @param provider follows those added before: the first is nearest to the network
     * @return this
     */
    public ClientBuilder addExtension(ExtensionProvider provider) {
        extensions.add(Objects.requireNonNull(provider, "provider"));
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
     * Sets how long the server may stay silent while it owes an answer, after the time for which it holds a connect.
     * The limit applies to the first byte of the answer, and then to each further part.
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
     * Sets how long one call of {@code connect()} may take, all its attempts and the waits between them together.
     * {@link Timeouts#connection()} limits the opening of one connection.
     *
     * @param limit more than zero; default 30 s
     * @return this
     */
    public ClientBuilder connectCallTimeout(Duration limit) {
        return timeouts(timeouts.withConnectCall(limit));
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
     * Sets the limits for memory and for the size of requests and replies.
     *
     * @param limits default {@link Limits#DEFAULT}
     * @return this
     */
    public ClientBuilder limits(Limits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Sets how long the client waits between attempts, and when it stops retrying.
     *
     * @param backoff default {@link Backoff#DEFAULT}
     * @return this
     */
    public ClientBuilder backoff(Backoff backoff) {
        this.backoff = Objects.requireNonNull(backoff, "backoff");
        return this;
    }

    /**
     * Sets what the client does when the server ends the session for good.
     *
     * @param action default {@link OnServerDisconnect#STOP}
     * @return this
     */
    public ClientBuilder onServerDisconnect(OnServerDisconnect action) {
        this.onServerDisconnect = Objects.requireNonNull(action, "action");
        return this;
    }

    /**
     * Sets what a client that has been connected does when the server refuses its credentials.
     *
     * @param action default {@link OnAuthenticationFailure#RETRY}
     * @return this
     */
    public ClientBuilder onAuthenticationFailure(OnAuthenticationFailure action) {
        this.onAuthenticationFailure = Objects.requireNonNull(action, "action");
        return this;
    }

    /**
     * Sets the longest wait that the server may ask for, with the advice {@code interval} or with {@code Retry-After},
     * and the longest time for which it may hold a connect request (advice {@code timeout}). The client shortens longer
     * waits to this limit, and abandons a connect that is held for longer. {@link ClientEvent.ServerAskedToWait} reports each
     * wait between requests of more than a minute.
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

    // Observation

    /**
     * Names the client in threads and logs.
     *
     * @param name any text that is not blank; default: a number
     * @return this
     * @throws IllegalArgumentException if the name is blank
     */
    public ClientBuilder name(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a client must not be blank. Leave it out for a number.");
        }
        this.name = name;
        return this;
    }

    /**
     * Runs handlers and the subscribers of publishers on an executor of the program. Default: each subscription has a
     * virtual thread of the client while messages wait for it.
     *
     * <p>For handlers that compute. Virtual threads share as many platform threads as there are processors and do not
     * preempt each other. As many computing handlers as processors stop the protocol, and the session is lost. Handlers
     * that wait, for a database for example, should use the default.
     *
     * <p>Each task handles the messages that wait for one subscription and then returns; the tasks of one subscription
     * never overlap. The client calls the executor on a virtual thread; the executor may block or run the task at once.
     * If the executor throws or rejects a task, nothing is lost ({@link ClientEvent.HandlerNotStarted}). It must not
     * drop tasks silently. The program shuts the executor down, after the client.
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
     * @param listener called on a virtual thread of the client, for one event at a time
     * @return this
     */
    public ClientBuilder onEvent(Consumer<? super ClientEvent> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Adds a listener for failures that no caller waits for. The client also logs them, with level warning, unless
     * {@link Observation#withoutLogging()} turns that off.
     *
     * @param listener called on a virtual thread of the client, for one event at a time
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
     * Adds a listener for the heads of HTTP responses, such as an id that the server gives to requests or what is left
     * of a quota. Redirects, refusals and the answers to upgrades to a WebSocket are among them. {@code java.net.http}
     * shows no headers of an upgrade that succeeds. Transports that do not use HTTP report nothing.
     *
     * <p>If 128 heads wait for slow listeners, the oldest are dropped, and the client logs how many.
     *
     * @param listener called on a virtual thread of the client named {@code bayeux-<client>-responses}, for one head at a
     *            time. The client logs its exceptions
     * @return this
     */
    public ClientBuilder onResponse(Consumer<? super ResponseHead> listener) {
        responseListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets the metrics, how much traffic the client remembers for the log, and whether it logs. Java Flight Recorder
     * needs no setting: docs/seeing-inside.md.
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
     * Returns the present settings, as the engine receives them. Programs need this only to call a
     * {@link ClientFactory} themselves.
     *
     * @return the settings; later changes of this builder do not affect them
     */
    public ClientConfig config() {
        return new ClientConfig(this);
    }

    /**
     * Makes a client that is not connected.
     *
     * @return the client
     * @throws ConfigurationException if there is no engine or no transport, or several transports and no choice
     */
    public BayeuxClient build() {
        return Engine.find().create(config());
    }

    /**
     * Makes a client and connects it.
     *
     * @return the client, connected; if this method throws there is no client, and everything is freed
     * @throws ConfigurationException if there is no engine or no transport, or several transports and no choice
     * @throws HandshakeException if the client got no session within {@link Timeouts#connectCall()}
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
