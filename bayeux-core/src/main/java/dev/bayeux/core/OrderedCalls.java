package dev.bayeux.core;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.PublishBatch;
import dev.bayeux.api.PublishReply;
import dev.bayeux.api.TypeToken;
import dev.bayeux.core.call.Waiters.Beginning;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client whose calls can be made on one thread, begun in an order, and waited for on another. */
interface OrderedCalls extends BayeuxClient {

    Beginning<PublishReply> publishing(String channel, @Nullable Object data, @Nullable Duration limit);

    Beginning<List<PublishReply>> batching(Consumer<PublishBatch> messages);

    <T> Beginning<@Nullable T> calling(String channel, @Nullable Object data, TypeToken<T> type,
            @Nullable Duration limit);
}
