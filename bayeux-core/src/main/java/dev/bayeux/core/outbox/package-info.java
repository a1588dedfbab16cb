/**
 * Keeps the messages of a program through outages, and sends them until the server accepts them. Start with
 * {@link dev.bayeux.core.outbox.CoreOutbox}.
 */
@NullMarked
package dev.bayeux.core.outbox;

import org.jspecify.annotations.NullMarked;
