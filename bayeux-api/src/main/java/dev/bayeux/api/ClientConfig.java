package dev.bayeux.api;

import dev.bayeux.api.binding.DataBinding;
import dev.bayeux.api.extension.ExtensionProvider;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.RequestFormat;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.api.spi.HeaderSource;
import dev.bayeux.api.spi.TransportProvider;
import jakarta.json.JsonObject;
import java.net.CookieHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds all settings of a client, as its {@link ClientBuilder} had them when it was built. The engine reads them.
 * Immutable. The text form has no secrets.
 */
public final class ClientConfig {

    private final @Nullable String name;
    private final Observation observation;
    private final List<Consumer<? super ClientEvent>> listeners;
    private final List<Consumer<? super ResponseHead>> responseListeners;
    private final @Nullable Executor handlerExecutor;
    private final List<Endpoint> endpoints;
    private final List<String> transportNames;
    private final List<TransportProvider> transports;
    private final HttpSettings http;
    private final Dialect dialect;
    private final Supplier<JsonObject> handshake;
    private final HeaderSource headers;
    private final @Nullable CredentialsSource credentials;
    private final @Nullable CookieHandler cookies;
    private final ChannelRules channelRules;
    private final @Nullable DataBinding binding;
    private final boolean acknowledge;
    private final List<String> extensionNames;
    private final List<ExtensionProvider> extensions;
    private final @Nullable OutboxLimits outbox;
    private final @Nullable PositionStore positions;
    private final OnInvalidPosition onInvalidPosition;
    private final Timeouts timeouts;
    private final Limits limits;
    private final Backoff backoff;
    private final OnServerDisconnect onServerDisconnect;
    private final OnAuthenticationFailure onAuthenticationFailure;
    private final Duration longestServerWait;

    ClientConfig(ClientBuilder settings) {
        name = settings.name;
        observation = settings.observation;
        listeners = List.copyOf(settings.listeners);
        responseListeners = List.copyOf(settings.responseListeners);
        handlerExecutor = settings.handlerExecutor;
        endpoints = List.copyOf(settings.endpoints);
        transportNames = List.copyOf(settings.transportNames);
        transports = List.copyOf(settings.transports);
        http = settings.dialect == Dialect.DRAFT_1
                ? settings.http.withRequestFormat(RequestFormat.FORM)
                : settings.http;
        dialect = settings.dialect;
        handshake = settings.handshake;
        headers = headers(Map.copyOf(settings.headers), List.copyOf(settings.headerSources));
        credentials = settings.credentials;
        cookies = settings.cookies;
        channelRules = settings.channelRules;
        binding = settings.binding;
        acknowledge = settings.acknowledge;
        extensionNames = List.copyOf(settings.extensionNames);
        extensions = List.copyOf(settings.extensions);
        outbox = settings.outbox;
        positions = settings.positions;
        onInvalidPosition = settings.onInvalidPosition;
        timeouts = settings.timeouts;
        limits = settings.limits;
        backoff = settings.backoff;
        onServerDisconnect = settings.onServerDisconnect;
        onAuthenticationFailure = settings.onAuthenticationFailure;
        longestServerWait = settings.longestServerWait;
    }

    /** Of headers with the same name the last one counts. */
    private static HeaderSource headers(Map<String, String> fixed, List<HeaderSource> sources) {
        return sources.isEmpty() ? () -> fixed : () -> {
            Map<String, String> merged = new LinkedHashMap<>(fixed);
            sources.forEach(source -> merged.putAll(source.headers()));
            return merged;
        };
    }

    // Observation

    /** {@return the client's name, for threads and logs; empty for a number} */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** {@return the metrics and the limits of what the client remembers and logs} */
    public Observation observation() {
        return observation;
    }

    /** {@return the listeners that receive events from the start} */
    public List<Consumer<? super ClientEvent>> listeners() {
        return listeners;
    }

    /** {@return the listeners that receive the heads of HTTP responses} */
    public List<Consumer<? super ResponseHead>> responseListeners() {
        return responseListeners;
    }

    /** {@return the executor of handlers; empty for virtual threads of the client} */
    public Optional<Executor> handlerExecutor() {
        return Optional.ofNullable(handlerExecutor);
    }

    // The way to the server

    /** {@return the servers, in order of preference; not empty} */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** {@return the names of the transports to use, in order of preference; empty for the one that is found} */
    public List<String> transportNames() {
        return transportNames;
    }

    /** {@return the transports that the program made, which take precedence over those that are found} */
    public List<TransportProvider> transports() {
        return transports;
    }

    /** {@return proxies, TLS and the other settings for HTTP} */
    public HttpSettings http() {
        return http;
    }

    /** {@return the dialect of the protocol that the server speaks} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return the source of fields for each handshake} */
    public Supplier<JsonObject> handshake() {
        return handshake;
    }

    /** {@return the source of headers for each request} */
    public HeaderSource headers() {
        return headers;
    }

    /** {@return the source of credentials, if there is one} */
    public Optional<CredentialsSource> credentials() {
        return Optional.ofNullable(credentials);
    }

    /** {@return the cookie store of the program; empty for one of the client, which is emptied when the client disconnects} */
    public Optional<CookieHandler> cookies() {
        return Optional.ofNullable(cookies);
    }

    // What is sent and received

    /** {@return the rules for channel names} */
    public ChannelRules channelRules() {
        return channelRules;
    }

    /** {@return the data binding of the program; empty for the default} */
    public Optional<DataBinding> binding() {
        return Optional.ofNullable(binding);
    }

    /** {@return whether the client acknowledges deliveries, if the server offers that} */
    public boolean acknowledge() {
        return acknowledge;
    }

    /** {@return the names of extensions to find, in order} */
    public List<String> extensionNames() {
        return extensionNames;
    }

    /** {@return the extensions that the program made; they follow those that are found by name} */
    public List<ExtensionProvider> extensions() {
        return extensions;
    }

    /** {@return the limits of the outbox; empty for no outbox} */
    public Optional<OutboxLimits> outbox() {
        return Optional.ofNullable(outbox);
    }

    /** {@return the store of positions; empty for no replay} */
    public Optional<PositionStore> positions() {
        return Optional.ofNullable(positions);
    }

    /** {@return the choice for a position that the server refuses} */
    public OnInvalidPosition onInvalidPosition() {
        return onInvalidPosition;
    }

    // Times and sizes, and what to do when things go wrong

    /** {@return the limits of all waits} */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** {@return the limits for memory and for the size of requests and replies} */
    public Limits limits() {
        return limits;
    }

    /** {@return the waits between attempts} */
    public Backoff backoff() {
        return backoff;
    }

    /** {@return the reaction to a server that ends the session for good} */
    public OnServerDisconnect onServerDisconnect() {
        return onServerDisconnect;
    }

    /** {@return the reaction of a client that has been connected to refused credentials} */
    public OnAuthenticationFailure onAuthenticationFailure() {
        return onAuthenticationFailure;
    }

    /**
     * {@return the longest wait that the server may ask for}
     */
    public Duration longestServerWait() {
        return longestServerWait;
    }

    @Override
    public String toString() {
        return "ClientConfig[%s, name=%s, transports=%s, timeouts=%s, limits=%s, backoff=%s]".formatted(
                endpoints, name == null ? "a number" : name, transportNames, timeouts, limits, backoff);
    }
}
