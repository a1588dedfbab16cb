/**
 * The one place for the state of a session: what a client is doing, and what it does next. Pure: no I/O, no clock, no
 * lock, no thread. Start with {@link dev.bayeux.core.session.SessionMachine}, which says what event counts when;
 * {@link dev.bayeux.core.session.SessionState} is what it looks at.
 */
@NullMarked
package dev.bayeux.core.session;

import org.jspecify.annotations.NullMarked;
