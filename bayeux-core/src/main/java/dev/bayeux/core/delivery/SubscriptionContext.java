package dev.bayeux.core.delivery;

import dev.bayeux.core.loop.ClientLoop;
import dev.bayeux.core.runtime.ClientRuntime;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the subscriptions of one client share.
 *
 * @param handlerExecutor {@code null} for virtual threads
 * @param excess how many messages a paused queue takes beyond its limit, unless positions are saved
 */
public record SubscriptionContext(ClientRuntime runtime, String clientName, ClientLoop loop, Events events,
        Payloads payloads, HandledPositions positions, @Nullable Executor handlerExecutor, int excess) {

    /**
     * Returns how many messages a paused queue takes. With saved positions there is no limit: the position would advance past
     * messages that the queue has dropped, and the program would never handle them.
     */
    int most(int queueLimit) {
        return positions.isOn() ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, (long) queueLimit + excess);
    }
}
