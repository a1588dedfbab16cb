package dev.bayeux.core.call;

import dev.bayeux.api.ClientConfig;
import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.observe.Observer;
import dev.bayeux.core.runtime.ClientRuntime;

/**
 * The parts of a client that the calls of a program use.
 *
 * @param runtime the time and the threads
 * @param name of the client, for threads
 * @param config its settings
 * @param loop takes inputs
 * @param state the state as programs see it
 * @param observer times calls
 */
public record ClientContext(ClientRuntime runtime, String name, ClientConfig config, ClientLoop loop,
        ReportedState state,
        Observer observer) {}
