package dev.bayeux.api.position;

import dev.bayeux.api.error.ServerError;
import java.util.Optional;

/**
 * Says where a subscription begins when the server refuses its position, because the position is wrong or the server no
 * longer keeps the messages after it (protocol.md C-121). {@link dev.bayeux.api.ClientEvent.ReplayGap} reports the gap
 * in each case.
 *
 * <p>A program may implement it. The client calls it on a separate virtual thread. It may block, and delays only this
 * subscription; a {@code start} that waits for that subscription keeps its usual limit.
 */
@FunctionalInterface
public interface OnInvalidPosition {

    /**
     * Fails the subscription: {@code start} throws, and a subscription that was to be restored is {@code REJECTED}. The
     * stored position does not change. The default.
     */
    OnInvalidPosition FAIL = (channel, refused, error) -> Optional.empty();

    /** Begins with the earliest message that the server keeps, so that no available message is missed. */
    OnInvalidPosition EARLIEST = (channel, refused, error) -> Optional.of(Position.EARLIEST);

    /**
     * Begins with messages that are published from now on. Messages published since the refused position are missed.
     */
    OnInvalidPosition TIP = (channel, refused, error) -> Optional.of(Position.TIP);

    /**
     * Chooses a position.
     *
     * @param channel the channel or pattern
     * @param refused the position that the server refused
     * @param error the server's reason
     * @return where to begin instead, or empty to fail; if the server refuses that too, the client asks again, three
     *         times at most for one subscription
     * @throws Exception any exception: counts as empty
     */
    Optional<Position> choose(String channel, Position refused, ServerError error) throws Exception;
}
