/**
 * The engine: the client as programs hold it, and the few threads that carry out what
 * {@link dev.bayeux.core.session.SessionMachine} decides. Start with {@link dev.bayeux.core.Session}.
 */
@NullMarked
package dev.bayeux.core;

import org.jspecify.annotations.NullMarked;
