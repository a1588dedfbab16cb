package dev.bayeux.kafka.config;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the sink connector. */
public final class SinkConfig extends ServerConfig {

    /** The channel to publish to, in which the topic can be a variable. */
    public static final String CHANNEL = "bayeux.channel";
    /** The name of the header with the channel of a record. */
    public static final String CHANNEL_HEADER = "bayeux.channel.header";
    /** How the task reads texts and bytes in the value of a record. */
    public static final String VALUE_FORMAT = SourceConfig.VALUE_FORMAT;
    /** The reaction to a publish with an unknown outcome. */
    public static final String ON_UNKNOWN = "bayeux.sink.on.unknown";
    /** The number of messages of a task that may wait for the server to accept them. */
    public static final String OUTBOX = "bayeux.outbox.messages";
    /** The number of messages of one partition and channel that may wait for the server to accept them. */
    public static final String IN_FLIGHT = "bayeux.max.in.flight";

    /** The reaction that counts the record as delivered. */
    public static final String SKIP = "skip";

    /**
     * Reads settings.
     *
     * @param settings as Kafka Connect has them
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    public SinkConfig(Map<String, String> settings) {
        super(definition(), settings);
    }

    /**
     * {@return the definition of all settings}
     */
    public static ConfigDef definition() {
        ConfigDef definition = define();
        new Setting(definition, "Sink").optional(CHANNEL, Type.STRING, "/${topic}", Checks.template("topic"),
                Importance.HIGH, "Channel", """
                        The channel to publish to. ${topic} is replaced by the topic of the record.""")
                .optional(CHANNEL_HEADER, Type.STRING, null, Checks.notBlank(), Importance.MEDIUM, "Channel header", """
                        The name of a record header whose value is the channel to publish to. Records without that \
                        header are published to bayeux.channel.""")
                .choice(VALUE_FORMAT, SourceConfig.TEXT, List.of(SourceConfig.TEXT, SourceConfig.MAP),
                        Importance.MEDIUM, "Value format",
                        """
                                How the task reads texts and bytes in the value of a record. text: as JSON, which \
                                becomes the data as it is. map: as plain text, which becomes a JSON string; bytes \
                                become a JSON string in Base64. Maps, lists, structs and numbers become JSON in both.""")
                .choice(ON_UNKNOWN, RETRY, List.of(RETRY, SKIP, FAIL), Importance.MEDIUM, "On unknown outcome",
                        """
                                What the task does when the reply to a publish is lost, so that the server may or may not have \
                                processed the message. retry: publishes it once more, so that it may arrive twice. skip: counts \
                                the record as delivered, so that it may be lost, and logs a WARN. fail: the task fails.""")
                .optional(OUTBOX, Type.INT, 1_000, Range.between(1, 100_000), Importance.LOW, "Outbox", """
                        How many messages of a task may wait for the server to accept them. At this number the task \
                        pauses its partitions.""")
                .optional(IN_FLIGHT, Type.INT, 100, Range.between(1, 100_000), Importance.LOW, "In flight", """
                        How many messages of one partition and channel may wait for the server to accept them. With 1 \
                        their order is kept even if the server refuses one temporarily. With more, messages that were \
                        published together with a refused one may overtake it.""");
        return definition;
    }
}
