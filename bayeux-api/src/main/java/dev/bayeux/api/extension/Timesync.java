package dev.bayeux.api.extension;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how the server's clock differs from the one of this machine, and how long a message takes. It uses
 * {@code ext.timesync} of meta messages and their replies (protocol.md 6.2). Servers that do not know the extension
 * ignore it, and the results stay empty.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="timesync"}
 *
 * <p>A result is the mean of the last ten measurements, over all sessions. A server measures less often once both sides
 * agree. Also found by the name {@code "timesync"}, for servers that want the measurements. All methods are safe for
 * any number of threads.
 */
public final class Timesync implements Extension {

    private static final String NAME = "timesync";
    private static final int KEPT = 10;
    /** The end of the year 9999, in milliseconds: sums of plausible times cannot overflow. */
    private static final long LAST_MS = 253_402_300_799_999L;
    /** Both clocks cut off parts of milliseconds. */
    private static final long ROUNDING_MS = 1;

    /** What one reply says. */
    private record Sample(long lagMs, long offsetMs) {}

    /** What is known; replaced as a whole. */
    private record Estimate(List<Sample> samples) {

        Estimate with(Sample next) {
            return new Estimate(Stream.concat(Stream.of(next), samples.stream()).limit(KEPT).toList());
        }

        boolean isKnown() {
            return !samples.isEmpty();
        }

        long lagMs() {
            return isKnown() ? samples.stream().mapToLong(Sample::lagMs).sum() / samples.size() : 0;
        }

        long offsetMs() {
            return isKnown() ? samples.stream().mapToLong(Sample::offsetMs).sum() / samples.size() : 0;
        }
    }

    private final InstantSource clock;
    private final JsonProvider json = JsonProvider.provider();
    private volatile Estimate estimate = new Estimate(List.of());

    /** Uses the clock of this machine. */
    public Timesync() {
        this(InstantSource.system());
    }

    /**
     * Uses a clock of the program.
     *
     * @param clock compared with the server's clock
     */
    public Timesync(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Returns how far the server's clock is ahead.
     *
     * @return what to add to this machine's time for the server's, negative if its clock is slow; empty until it is
     *         known
     */
    public Optional<Duration> offset() {
        Estimate known = estimate;
        return known.isKnown() ? Optional.of(Duration.ofMillis(known.offsetMs())) : Optional.empty();
    }

    /**
     * Returns how long a message takes to the server.
     *
     * @return half of the time that a request and its reply travel; empty until it is known
     */
    public Optional<Duration> lag() {
        Estimate known = estimate;
        return known.isKnown() ? Optional.of(Duration.ofMillis(known.lagMs())) : Optional.empty();
    }

    /**
     * Returns the present time of the server's clock.
     *
     * @return the server's time; empty until it is known
     */
    public Optional<Instant> serverTime() {
        return offset().map(clock.instant()::plus);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BayeuxMessage outgoing(BayeuxMessage message) {
        if (!message.isMeta()) {
            return message;
        }
        Estimate known = estimate;
        return message.withExt(NAME, json.createObjectBuilder().add("tc", clock.millis()).add("l", known.lagMs())
                .add("o", known.offsetMs()).build());
    }

    @Override
    public BayeuxMessage incoming(BayeuxMessage message) {
        if (message.isMeta() && message.ext().get(NAME) instanceof JsonObject told) {
            Sample sample = sample(told, clock.millis());
            if (sample != null) {
                estimate = estimate.with(sample);
            }
        }
        return message;
    }

    /** Nothing if the reply does not fit the time here: it lacks something, or a clock was set meanwhile. */
    private static @Nullable Sample sample(JsonObject told, long nowMs) {
        long sentMs = millis(told, "tc");
        long receivedMs = millis(told, "ts");
        long heldMs = millis(told, "p");
        if (sentMs < 0 || receivedMs < 0 || heldMs < 0 || nowMs - sentMs - heldMs < -ROUNDING_MS) {
            return null;
        }
        long lagMs = Math.max(0, (nowMs - sentMs - heldMs) / 2);
        return new Sample(lagMs, receivedMs - sentMs - lagMs);
    }

    /** A plausible number of milliseconds, or -1. */
    private static long millis(JsonObject told, String name) {
        JsonValue value = told.get(name);
        long ms = value instanceof JsonNumber number ? number.longValue() : -1;
        return ms <= LAST_MS ? ms : -1;
    }

    /** Makes an instance for each client that asks for {@code "timesync"}. */
    public static final class Provider implements ExtensionProvider {

        /** Makes the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Extension create() {
            return new Timesync();
        }
    }
}
