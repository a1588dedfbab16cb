package dev.bayeux.api.extension;

import dev.bayeux.api.spi.BayeuxMessage;
import dev.bayeux.api.spi.Extension;
import dev.bayeux.api.spi.ExtensionProvider;
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
 * Finds out how the server's clock differs from the one of this machine, and how long a message takes, from what meta
 * messages and their replies say in {@code ext.timesync} (protocol.md 6.2). Servers that do not know it take no notice, and
 * nothing becomes known.
 *
 * {@snippet class="dev.bayeux.tests.docs.ApiSnippets" region="timesync"}
 *
 * <p>What is told is the mean of the last ten measurements; new sessions do not begin anew. A server measures less often
 * once both sides agree. Also found by the name {@code "timesync"}, for servers that want to know it. All methods may be
 * called on any thread.
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

    /** With the clock of this machine. */
    public Timesync() {
        this(InstantSource.system());
    }

    /**
     * With a clock of the program's.
     *
     * @param clock the one to compare with the server's
     */
    public Timesync(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Tells how far the server's clock is ahead.
     *
     * @return what to add to the time here to have the server's, negative if its clock is behind; empty until it is known
     */
    public Optional<Duration> offset() {
        Estimate known = estimate;
        return known.isKnown() ? Optional.of(Duration.ofMillis(known.offsetMs())) : Optional.empty();
    }

    /**
     * Tells how long a message takes to the other side.
     *
     * @return half of what a request and its reply take on the way; empty until it is known
     */
    public Optional<Duration> lag() {
        Estimate known = estimate;
        return known.isKnown() ? Optional.of(Duration.ofMillis(known.lagMs())) : Optional.empty();
    }

    /**
     * Tells what the server's clock shows now.
     *
     * @return the time there; empty until it is known
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

    /** Makes one for each client that asks for {@code "timesync"}. */
    public static final class Provider implements ExtensionProvider {

        /** For {@link java.util.ServiceLoader}. */
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
