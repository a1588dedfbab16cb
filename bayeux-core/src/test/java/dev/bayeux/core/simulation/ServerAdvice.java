package dev.bayeux.core.simulation;

import org.jspecify.annotations.Nullable;

/**
 * What the server advises; what is {@code null} is left out.
 *
 * @param reconnect any word
 * @param intervalMs may be negative
 * @param timeoutMs may be absurd
 * @param maxIntervalMs may be absurd
 */
record ServerAdvice(@Nullable String reconnect, @Nullable Long intervalMs, @Nullable Long timeoutMs,
        @Nullable Long maxIntervalMs) {

    private static final String[] WORDS = {"retry", "retry", "handshake", "none", "banana"};
    private static final long[] TIMES = {-1, 0, 1, 500, 5_000, 60_000, 3_600_000, 1_000_000_000_000L};

    static final ServerAdvice NEW_SESSION = new ServerAdvice("handshake", 0L, null, null);
    static final ServerAdvice STOP = new ServerAdvice("none", 0L, null, null);

    /** Anything. */
    static ServerAdvice lie(World world) {
        return new ServerAdvice(world.random.nextInt(3) == 0 ? WORDS[world.random.nextInt(WORDS.length)] : null,
                time(world), time(world), time(world));
    }

    private static @Nullable Long time(World world) {
        // Long ones are rare: nothing happens while the client obeys them.
        int range = world.random.nextInt(8) == 0 ? TIMES.length : 4;
        return world.random.nextBoolean() ? null : TIMES[world.random.nextInt(range)];
    }

    boolean says(String word) {
        return word.equals(reconnect);
    }

    /** None, or a negative interval without the word for a new session (A3, A4, A7). */
    boolean saysStop() {
        return says("none") || !says("handshake") && intervalMs != null && intervalMs < 0;
    }

    String json() {
        StringBuilder to = new StringBuilder("{");
        field(to, "reconnect", reconnect == null ? null : '"' + reconnect + '"');
        field(to, "interval", intervalMs);
        field(to, "timeout", timeoutMs);
        field(to, "maxInterval", maxIntervalMs);
        return to.append('}').toString();
    }

    private static void field(StringBuilder to, String name, @Nullable Object value) {
        if (value != null) {
            to.append(to.length() > 1 ? "," : "").append('"').append(name).append("\":").append(value);
        }
    }
}
