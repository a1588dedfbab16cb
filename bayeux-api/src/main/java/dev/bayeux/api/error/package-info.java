/**
 * Contains all exceptions: one closed family of unchecked exceptions under
 * {@link dev.bayeux.api.error.BayeuxException}. Start with that class; it has a table of all others.
 */
@NullMarked
package dev.bayeux.api.error;

import org.jspecify.annotations.NullMarked;
