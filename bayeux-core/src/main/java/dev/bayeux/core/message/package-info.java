/**
 * Requests, received messages, and their JSON text. Knows JSON and the names of fields, but no sessions.
 * Start with {@link dev.bayeux.core.message.IncomingMessage} and {@link dev.bayeux.core.message.Request};
 * {@link dev.bayeux.core.message.JsonScanner} reads the text.
 */
@NullMarked
package dev.bayeux.core.message;

import org.jspecify.annotations.NullMarked;
