package dev.bayeux.api;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.PositionStore;
import dev.bayeux.api.spi.ExtensionProvider;
import dev.bayeux.api.spi.HeaderSource;
import dev.bayeux.api.spi.TransportProvider;
import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import java.net.CookieHandler;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a client: what a {@link ClientBuilder} makes and the engine reads. Immutable. The text form has no
 * secrets.
 *
 * @param endpoints where the server is, and where else in order of preference if it cannot be reached there; not empty
 * @param name the client's local name, for threads and logs; empty: numbered
 * @param transportNames the transports to use, in order of preference; empty: the one that is found
 * @param transports transports that the program made, preferred to those that are found
 * @param handshake gives fields for each handshake
 * @param headers gives headers for each request
 * @param credentials gives credentials, {@code null} if none are needed
 * @param cookies where cookies are kept, {@code null} for a store of the client's own, emptied when it disconnects
 * @param jsonb binds data, {@code null} for the default of JSON-B
 * @param channelRules which channels are let through
 * @param onServerDisconnect what to do when the server ends the session
 * @param timeouts how long things may take
 * @param limits how much is kept
 * @param backoff how long to wait between attempts
 * @param acknowledge whether deliveries are acknowledged if the server wants that
 * @param positions where positions are kept, {@code null} for no replay
 * @param onInvalidPosition what to do when the server refuses one
 * @param extensionNames extensions to find, in order
 * @param extensions extensions that the program made, after those that are found by name
 * @param outbox limits of the outbox, {@code null} for none
 * @param http how to go through the network
 * @param dialect for which servers the client speaks
 * @param observation who sees inside, and what is kept
 * @param listeners take events from the beginning
 */
public record ClientConfig(List<Endpoint> endpoints, String name, List<String> transportNames,
        List<TransportProvider> transports,
        Supplier<JsonObject> handshake, HeaderSource headers, @Nullable CredentialsSource credentials,
        @Nullable CookieHandler cookies, @Nullable Jsonb jsonb, ChannelRules channelRules,
        OnServerDisconnect onServerDisconnect, Timeouts timeouts, Limits limits, Backoff backoff, boolean acknowledge,
        @Nullable PositionStore positions, OnInvalidPosition onInvalidPosition,
        List<String> extensionNames, List<ExtensionProvider> extensions, @Nullable OutboxLimits outbox,
        HttpSettings http, Dialect dialect, Observation observation,
        List<Consumer<? super ClientEvent>> listeners) {

    /** Copies the lists and refuses {@code null}. */
    public ClientConfig {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("A client needs at least one endpoint.");
        }
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(handshake, "handshake");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(channelRules, "channelRules");
        Objects.requireNonNull(onServerDisconnect, "onServerDisconnect");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(onInvalidPosition, "onInvalidPosition");
        Objects.requireNonNull(http, "http");
        endpoints = List.copyOf(endpoints);
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(observation, "observation");
        transportNames = List.copyOf(transportNames);
        transports = List.copyOf(transports);
        extensionNames = List.copyOf(extensionNames);
        extensions = List.copyOf(extensions);
        listeners = List.copyOf(listeners);
    }

    @Override
    public String toString() {
        return "ClientConfig[%s, name=%s, transports=%s, timeouts=%s, limits=%s, backoff=%s]".formatted(
                endpoints, name, transportNames, timeouts, limits, backoff);
    }
}
