package dev.bayeux.core.exchange;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.core.delivery.ListenerQueue;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;

/**
 * The parts that all connections of a client share.
 *
 * @param runtime the time and the threads
 * @param config the settings
 * @param clientName for threads
 * @param json makes values
 * @param extensions see every message
 * @param observer times exchanges
 * @param responses reports the heads of HTTP responses
 */
public record ConnectionContext(ClientRuntime runtime, ClientConfig config, String clientName, Json json,
        ExtensionChain extensions, Observer observer, ListenerQueue<ResponseHead> responses) {}
