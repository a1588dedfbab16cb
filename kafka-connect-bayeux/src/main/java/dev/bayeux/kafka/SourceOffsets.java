package dev.bayeux.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Source partitions and source offsets, as Kafka Connect stores them. */
public final class SourceOffsets {

    private static final String SERVER = "server";
    private static final String CHANNEL = "channel";
    private static final String REPLAY_ID = "replayId";
    private static final String NUMBER = "number";

    private SourceOffsets() {
    }

    /**
     * Makes a source partition.
     *
     * @param server the id of the server
     * @param channel the channel or pattern as configured
     * @return a source partition
     */
    public static Map<String, String> partition(String server, String channel) {
        // Kafka Connect compares partitions as JSON texts, so their fields need the same order in all JVMs. The order
        // of Map.of differs between JVMs. Kafka Connect itself uses a HashMap for altered offsets.
        Map<String, String> partition = new HashMap<>();
        partition.put(SERVER, server);
        partition.put(CHANNEL, channel);
        return partition;
    }

    /**
     * Makes a source offset of a replay id that is a number.
     *
     * @param replayId the number
     * @return a source offset
     */
    public static Map<String, Object> number(long replayId) {
        return Map.of(REPLAY_ID, replayId);
    }

    /**
     * Makes a source offset of a replay id that is a number too large for a {@code long}.
     *
     * @param digits the number in decimal digits
     * @return a source offset
     */
    public static Map<String, Object> largeNumber(String digits) {
        return Map.of(REPLAY_ID, digits, NUMBER, true);
    }

    /**
     * Makes a source offset of a replay id that is text.
     *
     * @param replayId the text
     * @return a source offset
     */
    public static Map<String, Object> text(String replayId) {
        return Map.of(REPLAY_ID, replayId);
    }

    /**
     * Reads a source offset.
     *
     * @param offset as Kafka Connect has stored it
     * @return the replay id; for a number, its digits
     */
    public static String replayId(Map<String, ?> offset) {
        return String.valueOf(offset.get(REPLAY_ID));
    }

    /**
     * Distinguishes numbers from texts.
     *
     * @param offset as Kafka Connect has stored it
     * @return whether the replay id is a number
     */
    public static boolean isNumber(Map<String, ?> offset) {
        return offset.get(REPLAY_ID) instanceof Number || Boolean.TRUE.equals(offset.get(NUMBER));
    }

    static boolean isPartition(Map<String, ?> partition) {
        return partition.keySet().equals(Set.of(SERVER, CHANNEL)) && partition.get(SERVER) instanceof String
                && partition.get(CHANNEL) instanceof String;
    }

    static boolean isOffset(Map<String, ?> offset) {
        Object id = offset.get(REPLAY_ID);
        boolean number = (id instanceof Long || id instanceof Integer) && ((Number) id).longValue() >= 0;
        if (id instanceof String text && Boolean.TRUE.equals(offset.get(NUMBER))) {
            return offset.size() == 2 && text.matches("0|[1-9][0-9]*");
        }
        return offset.size() == 1 && (number || id instanceof String text && !text.isBlank());
    }
}
