/**
 * The one place for the state of a session: what a client is doing, and what it does next. Pure: no I/O, no clock, no
 * lock, no thread. Start with {@link dev.bayeux.core.session.SessionMachine}.
 */
@NullMarked
package dev.bayeux.core.session;

import org.jspecify.annotations.NullMarked;
