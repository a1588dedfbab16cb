/**
 * Where in a channel's stream of messages a subscription begins, and where that is kept, so that a program which was
 * killed goes on where it was. Start with {@link dev.bayeux.api.position.PositionStore}: a client that has one, by
 * {@code ClientBuilder.replay}, asks servers that keep their messages (Salesforce's replay extension) for those that
 * it has not handled yet.
 */
@NullMarked
package dev.bayeux.api.position;

import org.jspecify.annotations.NullMarked;
