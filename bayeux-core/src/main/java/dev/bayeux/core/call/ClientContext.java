package dev.bayeux.core.call;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;

/** The parts of a client that the calls of a program use. */
public record ClientContext(ClientRuntime runtime, String name, ClientConfig config, ClientLoop loop,
        ReportedState state,
        Observer observer) {}
