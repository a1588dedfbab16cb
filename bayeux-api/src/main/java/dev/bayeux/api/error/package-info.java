/**
 * What can go wrong: one closed family of unchecked exceptions under {@link dev.bayeux.api.error.BayeuxException}.
 * Start with that class; it has the table.
 */
@NullMarked
package dev.bayeux.api.error;

import org.jspecify.annotations.NullMarked;
