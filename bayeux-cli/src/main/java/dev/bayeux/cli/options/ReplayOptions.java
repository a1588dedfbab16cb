package dev.bayeux.cli.options;

import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the position where subscriptions begin, with servers that keep messages. */
public final class ReplayOptions {

    /**
     * Starts a subscription.
     *
     * @param <S> the type of the subscription
     */
    @FunctionalInterface
    public interface Start<S> {

        /**
         * Starts a subscription.
         *
         * @param subscription the subscription with the position where it begins
         * @return the subscription
         * @throws InterruptedException if a signal comes
         */
        S of(SubscriptionBuilder<JsonValue> subscription) throws InterruptedException;
    }

    @Option(names = "--replay", paramLabel = "FROM", converter = PositionArgument.class, completionCandidates = PositionNames.class, description = "Where to begin, if the server keeps messages, as Salesforce does: earliest, tip, or the "
            + "replay id of the last message that you have. A replay id belongs to one channel, "
            + "so it applies to the first channel that is subscribed. New sessions continue after the last message.")
    private @Nullable Position from;

    @Option(names = "--positions", paramLabel = "FILE", description = "Save in this file which messages were printed, and continue after them the next time. "
            + "The first time begins at --replay, or else at the tip.")
    private @Nullable Path file;

    /** The channel to which the given replay id was applied; {@code null} before the first subscription. */
    private @Nullable String owner;

    /** Begins at the earliest message that the server keeps, unless the user gave another position. */
    public void earliestUnlessSaid() {
        if (from == null) {
            from = Position.EARLIEST;
        }
    }

    /**
     * Opens the store of positions.
     *
     * @param channels the number of channels
     * @return the store, {@code null} if no replay is wanted
     */
    public @Nullable PositionStore open(int channels) {
        if (from != null && from.isAfterMessage() && channels > 1) {
            throw new IllegalArgumentException("A replay id belongs to one channel: subscribe to one at a time.");
        }
        if (file != null) {
            return PositionStore.ofFile(file);
        }
        return from == null ? null : PositionStore.inMemory();
    }

    /**
     * Starts a subscription at its position. A replay id applies to one channel, the first that is subscribed
     * successfully. The others begin at their stored position, or else at the tip.
     *
     * @param <S> the type of the subscription
     * @param channel the channel
     * @param subscription the subscription, not started
     * @param start starts the subscription
     * @return the subscription
     * @throws InterruptedException if a signal comes
     */
    public <S> S start(String channel, SubscriptionBuilder<JsonValue> subscription, Start<S> start)
            throws InterruptedException {
        Position begin = from;
        if (begin == null || begin.isAfterMessage() && owner != null && !owner.equals(channel)) {
            return start.of(subscription);
        }
        S started = start.of(file == null ? subscription.from(begin) : subscription.fromStoredOr(begin));
        // After the start, so that the replay id does not stay with a channel that the server refused.
        owner = channel;
        return started;
    }
}
