package dev.bayeux.kafka.task;

import dev.bayeux.api.Message;
import dev.bayeux.api.position.Position;
import dev.bayeux.kafka.config.SourceConfig;
import dev.bayeux.kafka.config.Template;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Makes records from messages. For one thread. */
final class RecordFactory {

    private static final int LONGEST_TOPIC = 249;

    private final Template topic;
    private final boolean maps;
    /** The last channel and its topic, a cache for successive messages of one channel. */
    private String lastChannel = "";
    private String lastTopic = "";

    RecordFactory(SourceConfig config) {
        topic = new Template(config.getString(SourceConfig.TOPIC), "channel");
        maps = config.maps();
    }

    /** Returns the record of a message, {@code null} if the server has delivered the message before. */
    @Nullable
    SourceRecord record(SourceChannel channel, Message<JsonValue> message) {
        Optional<Position> id = message.position().filter(Position::isAfterMessage);
        if (id.isPresent() && !channel.advance(id.get())) {
            return null;
        }
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("bayeux.channel", message.channel());
        message.id().ifPresent(text -> headers.addString("bayeux.id", text));
        id.ifPresent(value -> headers.addString("bayeux.replay.id", value.replayId()));
        if (!message.ext().isEmpty()) {
            headers.addString("bayeux.ext", message.ext().toString());
        }
        Schema schema = maps ? null : Schema.STRING_SCHEMA;
        Object value = message.text();
        @Nullable
        Long time;
        if (maps) {
            try {
                value = JsonTexts.toJava(message.text());
            } catch (DataException unreadable) {
                headers.addString("bayeux.error", String.valueOf(unreadable.getMessage()));
            }
            time = ServerTime.in(value instanceof String ? null : value);
        } else {
            time = ServerTime.in(message.text());
        }
        if (time == null) {
            time = message.timestamp().map(Instant::toEpochMilli).filter(millis -> millis >= 0).orElse(null);
        }
        return new SourceRecord(channel.partition(), channel.offset(), topic(message.channel()), null,
                Schema.STRING_SCHEMA, message.channel(), schema, value, time, headers);
    }

    private String topic(String channel) {
        if (!channel.equals(lastChannel)) {
            String name = channel.substring(1).replace('/', '.').replaceAll("[^a-zA-Z0-9._-]", "_");
            String whole = topic.with(name);
            lastTopic = whole.length() > LONGEST_TOPIC ? whole.substring(0, LONGEST_TOPIC) : whole;
            lastChannel = channel;
        }
        return lastTopic;
    }
}
