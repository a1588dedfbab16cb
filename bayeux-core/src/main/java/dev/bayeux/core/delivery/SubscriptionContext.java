package dev.bayeux.core.delivery;

import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the subscriptions of one client share.
 *
 * @param handlerExecutor {@code null} for virtual threads
 * @param excess how many messages a paused queue takes beyond its limit
 */
public record SubscriptionContext(ClientRuntime runtime, String clientName, ClientLoop loop, Events events,
        Payloads payloads, HandledPositions positions, @Nullable Executor handlerExecutor, int excess) {}
