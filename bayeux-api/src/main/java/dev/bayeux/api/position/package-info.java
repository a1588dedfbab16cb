/**
 * Contains positions in a channel's stream of messages and the stores that keep them, so that a program that was killed
 * resumes after the last handled message. Start with {@link dev.bayeux.api.position.PositionStore}. A client that has
 * one, set with {@code ClientBuilder.replay}, asks servers that keep their messages (Salesforce's replay extension) for
 * the messages that it has not handled yet.
 */
@NullMarked
package dev.bayeux.api.position;

import org.jspecify.annotations.NullMarked;
