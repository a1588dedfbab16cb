package dev.bayeux.api.position;

import dev.bayeux.api.error.ServerError;
import java.util.Optional;

/**
 * What to do when the server refuses a position, since it is wrong or the messages behind it are not kept any longer
 * (protocol.md C-121). Whatever is chosen, the listeners are told of the gap.
 *
 * <p>May be a function of the program: it is called on a virtual thread of the client, may block, and holds nothing up
 * but this one subscription; a {@code start} that waits for that subscription has its usual limit.
 */
@FunctionalInterface
public interface OnInvalidPosition {

    /**
     * The subscription is refused: {@code start} throws, and a subscription that was to be restored is
     * {@code REJECTED}. The stored position stays as it is. The default.
     */
    OnInvalidPosition FAIL = (channel, refused, error) -> Optional.empty();

    /** Begin with the earliest message that the server keeps: nothing that can still be had is missed. */
    OnInvalidPosition EARLIEST = (channel, refused, error) -> Optional.of(Position.EARLIEST);

    /** Begin with what is published from now on: whatever was published since is missed. */
    OnInvalidPosition TIP = (channel, refused, error) -> Optional.of(Position.TIP);

    /**
     * Chooses.
     *
     * @param channel the channel or pattern
     * @param refused the position that the server did not take
     * @param error the server's reason
     * @return where to begin instead, or empty to fail; a choice that is refused as well is asked about again, three
     *         times at most for one subscription
     * @throws Exception anything: as if empty had been returned
     */
    Optional<Position> choose(String channel, Position refused, ServerError error) throws Exception;
}
