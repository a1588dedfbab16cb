package dev.bayeux.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Source partitions and source offsets, as Kafka Connect stores them. */
public final class SourceOffsets {

    private static final String SERVER = "server";
    private static final String CHANNEL = "channel";
    private static final String REPLAY_ID = "replayId";

    private SourceOffsets() {
    }

    /**
     * Makes a source partition.
     *
     * @param server the server's id
     * @param channel the channel or pattern as it was configured
     * @return a source partition
     */
    public static Map<String, String> partition(String server, String channel) {
        // Kafka Connect compares partitions as JSON texts, so their fields need one order in all JVMs. Map.of has another in
        // each; that of a HashMap is what Kafka Connect itself has in offsets that were altered.
        Map<String, String> partition = new HashMap<>();
        partition.put(SERVER, server);
        partition.put(CHANNEL, channel);
        return partition;
    }

    /**
     * Makes a source offset.
     *
     * @param replayId a {@code Long} or a text
     * @return a source offset
     */
    public static Map<String, Object> offset(Object replayId) {
        return Map.of(REPLAY_ID, replayId);
    }

    /**
     * Reads a source offset.
     *
     * @param offset as Kafka Connect has stored it
     * @return a {@code Long} or a text
     */
    public static Object replayId(Map<String, ?> offset) {
        Object id = offset.get(REPLAY_ID);
        return id instanceof Number number ? (Object) number.longValue() : String.valueOf(id);
    }

    static boolean isPartition(Map<String, ?> partition) {
        return partition.keySet().equals(Set.of(SERVER, CHANNEL)) && partition.get(SERVER) instanceof String
                && partition.get(CHANNEL) instanceof String;
    }

    static boolean isOffset(Map<String, ?> offset) {
        Object id = offset.get(REPLAY_ID);
        boolean number = (id instanceof Long || id instanceof Integer) && ((Number) id).longValue() >= 0;
        return offset.size() == 1 && (number || id instanceof String text && !text.isEmpty());
    }
}
