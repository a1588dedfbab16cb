/**
 * What a program calls. Start with {@link dev.bayeux.api.BayeuxClient}: its two doors are
 * {@link dev.bayeux.api.BayeuxClient#connect(java.net.URI)} and
 * {@link dev.bayeux.api.BayeuxClient#builder(java.net.URI, java.net.URI...)}.
 *
 * <p>No method takes or returns {@code null} unless it is marked so.
 */
@NullMarked
package dev.bayeux.api;

import org.jspecify.annotations.NullMarked;
