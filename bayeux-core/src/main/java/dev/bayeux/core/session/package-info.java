/**
 * The state of a session, and every decision about it. Pure: no I/O, no clock, no lock, no thread. Start with {@link dev.bayeux.core.session.SessionMachine}, which says which event counts in which phase;
 * {@link dev.bayeux.core.session.SessionState} is its input.
 */
@NullMarked
package dev.bayeux.core.session;

import org.jspecify.annotations.NullMarked;
