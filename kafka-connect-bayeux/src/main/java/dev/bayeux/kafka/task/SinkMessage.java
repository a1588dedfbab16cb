package dev.bayeux.kafka.task;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that is published. The lock of {@link SinkQueue} guards the mutable fields once the queue has the message.
 */
final class SinkMessage {

    final TopicPartition partition;
    final long offset;
    final String channel;
    final Object data;
    final SinkRecord record;
    boolean settled;
    @Nullable
    CompletableFuture<?> publish;

    SinkMessage(SinkRecord record, TopicPartition partition, long offset, String channel, Object data) {
        this.record = record;
        this.partition = partition;
        this.offset = offset;
        this.channel = channel;
        this.data = data;
    }
}
