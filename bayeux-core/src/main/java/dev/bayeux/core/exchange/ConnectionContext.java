package dev.bayeux.core.exchange;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.core.delivery.ListenerQueue;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;

/** The parts that all connections of a client share. */
public record ConnectionContext(ClientRuntime runtime, ClientConfig config, String clientName, Json json,
        ExtensionChain extensions, Observer observer, ListenerQueue<ResponseHead> responses) {}
