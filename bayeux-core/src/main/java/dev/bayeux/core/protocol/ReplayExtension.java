package dev.bayeux.core.protocol;

import dev.bayeux.api.ClientEvent.PositionUnusable;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.ReplayId;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The extension {@code replay} (C-119 to C-122): the position in each subscribe request, and the events about messages
 * that may be missing. Does nothing for a client without a store of positions.
 */
public final class ReplayExtension {

    private static final String REPLAY = "replay";

    private final Json json;
    private final boolean on;
    private boolean offered;

    public ReplayExtension(Json json, boolean on) {
        this.json = json;
        this.on = on;
    }

    /** {@return the name of a channel in the store and in requests: without a query string (C-119)} */
    public static String key(String channel) {
        int query = channel.indexOf('?');
        return query < 0 ? channel : channel.substring(0, query);
    }

    boolean isOn() {
        return on;
    }

    /** Whether the server of this session replays. */
    boolean isOffered() {
        return isOn() && offered;
    }

    @Nullable
    ChannelPosition begin(@Nullable Position start) {
        return start == null || !on ? null : new ChannelPosition(json, start);
    }

    /** Reads the reply to a handshake. */
    void handshook(JsonObject ext) {
        offered = ext.getOrDefault(REPLAY, JsonValue.NULL).getValueType() == ValueType.TRUE;
    }

    /** The {@code ext} of a subscribe in a new session; reports to the listeners if the position is unknown. */
    JsonObject resume(ServerSubscription subscription, Effects effects) {
        ChannelPosition position = subscription.position();
        if (position != null && offered && subscription.wasActive() && position.position().equals(Position.TIP)) {
            effects.report(gap(subscription.channel(), Position.TIP, Optional.of(Position.TIP), Reason.UNKNOWN, null));
        }
        return ext(subscription, effects);
    }

    /** The {@code ext} of a subscribe (C-120); reports to the listeners if it cannot carry the position. */
    JsonObject ext(ServerSubscription subscription, Effects effects) {
        ChannelPosition position = subscription.position();
        if (position == null) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        Position from = position.position();
        if (!offered) {
            effects.report(gap(subscription.channel(), from, Optional.of(Position.TIP), Reason.NOT_OFFERED, null));
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        return json.object(Map.of(REPLAY,
                json.object(Map.of(key(subscription.channel()), ReplayId.toJson(json, from)))));
    }

    /** The event that the positions of a channel stay where they are. */
    static PositionUnusable unusable(String channel, String replayId) {
        return new PositionUnusable(channel, new PositionException(channel,
                "A message on %s has a replay id that cannot be a position: %s. Its position is not saved, and a new session starts at the last usable one, so messages may come twice."
                        .formatted(channel, replayId),
                null));
    }

    /** The event that messages of a channel may be missing. */
    static ReplayGap gap(String channel, Position wanted, Optional<Position> begun, Reason reason,
            @Nullable Throwable cause) {
        String why = switch (reason) {
            case REFUSED -> begun.isEmpty()
                    ? "the server refuses that position, and the subscription fails"
                    : "the server refuses that position; the channel begins at another: " + begun.get();
            case UNREADABLE ->
                "the client could not read the server's reply twice in a row; the channel continues after it";
            case NOT_OFFERED -> "the server does not offer replay; the channel begins with new messages";
            case UNKNOWN -> "the session was lost before a message had arrived; the channel begins with new messages";
        };
        return new ReplayGap(channel, wanted, begun, reason, new PositionException(channel,
                "Messages on %s may have been missed. The channel should have resumed at: %s, but %s.".formatted(
                        channel,
                        wanted, why),
                cause));
    }
}
