package dev.bayeux.cli.options;

import dev.bayeux.api.SubscriptionBuilder;
import dev.bayeux.api.position.Position;
import dev.bayeux.api.position.PositionStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to begin, with servers that keep messages. */
public final class ReplayOptions {

    @Option(names = "--replay", paramLabel = "FROM", converter = PositionArgument.class, description = "Where to begin, if the server keeps messages (as Salesforce does): earliest, tip, or the "
            + "replay id of the last message that is known. New sessions go on where the last one stopped.")
    private @Nullable Position from;

    @Option(names = "--positions", paramLabel = "FILE", description = "Keep in this file how far the messages were printed, and go on there the next time. "
            + "--replay says where to begin the first time; with neither, at the tip.")
    private @Nullable Path file;

    /**
     * Opens the store of positions.
     *
     * @param channels how many channels are subscribed
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
     * Says where a subscription begins.
     *
     * @param subscription not started
     */
    public void begin(SubscriptionBuilder<?> subscription) {
        if (from != null) {
            if (file != null) {
                subscription.fromStoredOr(from);
            } else {
                subscription.from(from);
            }
        }
    }
}
