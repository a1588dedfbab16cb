package dev.bayeux.kafka.config;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the source connector. */
public final class SourceConfig extends ServerConfig {

    /** Channels and patterns. */
    public static final String CHANNELS = "bayeux.channels";
    /** The topic of the records. */
    public static final String TOPIC = "topic";
    /** The form of the value of a record. */
    public static final String VALUE_FORMAT = "value.format";
    /** Whether source offsets are positions of the server's replay extension. */
    public static final String REPLAY = "bayeux.replay";
    /** The position where a channel without a source offset begins. */
    public static final String START = "bayeux.start";
    /** The position where a channel begins after the server has refused its position. */
    public static final String ON_INVALID_POSITION = "bayeux.on.invalid.position";
    /** The number of messages of a channel that may wait for the next poll. */
    public static final String QUEUE = "bayeux.queue.messages";
    /** The most records that one poll returns. */
    public static final String BATCH = "bayeux.batch.max";

    /** JSON text. */
    public static final String TEXT = "text";
    /** Maps, lists and scalars without a schema. */
    public static final String MAP = "map";
    /** Positions are used if the server offers them. */
    public static final String AUTO = "auto";
    /** The server must offer positions. */
    public static final String REQUIRED = "required";
    /** Positions are not used. */
    public static final String OFF = "off";
    /** Only new messages. */
    public static final String TIP = "tip";
    /** All messages that the server keeps. */
    public static final String EARLIEST = "earliest";

    private static final String GROUP = "Source";

    /**
     * Reads settings.
     *
     * @param settings as Kafka Connect has them
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    public SourceConfig(Map<String, String> settings) {
        super(definition(), settings);
    }

    /**
     * {@return the definition of all settings}
     */
    public static ConfigDef definition() {
        ConfigDef definition = define();
        new Setting(definition, GROUP).required(CHANNELS, Type.LIST, Checks.channels(), "Channels", """
                The channels to subscribe. /orders/* is one segment more, /orders/** one or more. Two of them must not \
                overlap. The channels are spread over the tasks; each is a source partition.""")
                .required(TOPIC, Type.STRING, Checks.template("channel"), "Topic",
                        """
                                The topic of the records. ${channel} is replaced by the channel of the message, without the \
                                slash at its beginning and with dots for the others; characters that a topic cannot have become \
                                underscores.""")
                .choice(VALUE_FORMAT, TEXT, List.of(TEXT, MAP), Importance.MEDIUM, "Value format", """
                        The form of the value of a record. text: the data as the JSON text that was received, for \
                        StringConverter. map: a map, list or scalar without a schema, for JsonConverter and for \
                        transformations. Data that cannot be parsed becomes a text with the header bayeux.error.""")
                .choice(REPLAY, AUTO, List.of(AUTO, REQUIRED, OFF), Importance.HIGH, "Replay", """
                        Whether source offsets are positions of the server's replay extension. auto: if the server \
                        offers it. required: a task fails if the server does not offer it, and the connector supports \
                        exactly-once delivery. off: never; messages are lost while a task is not connected.""")
                .choice(START, TIP, List.of(TIP, EARLIEST), Importance.MEDIUM, "Start", """
                        Where a channel begins that has no source offset: tip, with new messages only, or earliest, \
                        with the oldest message that the server keeps.""")
                .choice(ON_INVALID_POSITION, EARLIEST, List.of(EARLIEST, TIP, FAIL), Importance.MEDIUM,
                        "On invalid position",
                        """
                                Where a channel begins when the server refuses its position, for example because \
                                it no longer keeps the message; this also happens on channels with few messages. Each time \
                                the task logs a WARN and counts a gap. fail: the task fails instead.""")
                .optional(QUEUE, Type.INT, 1_000, Range.between(1, 1_000_000), Importance.LOW, "Queue", """
                        How many messages of a channel may wait for the next poll. When the queue is full the client \
                        stops asking the server for more, as it does while the connector is paused.""")
                .optional(BATCH, Type.INT, 500, Range.between(1, 100_000), Importance.LOW, "Batch",
                        "How many records one poll of a task returns at most.");
        return definition;
    }

    /**
     * {@return the channels and patterns of this connector, or of this task}
     */
    public List<String> channels() {
        return getList(CHANNELS);
    }

    /**
     * {@return whether the values of records are maps, not texts}
     */
    public boolean maps() {
        return MAP.equals(getString(VALUE_FORMAT));
    }

    /**
     * {@return how positions are used: {@link #AUTO}, {@link #REQUIRED} or {@link #OFF}}
     */
    public String replay() {
        return getString(REPLAY);
    }
}
