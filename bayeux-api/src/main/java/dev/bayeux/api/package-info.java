/**
 * The API for programs. Start with {@link dev.bayeux.api.BayeuxClient}, which a program gets from
 * {@link dev.bayeux.api.BayeuxClient#connect(java.net.URI)} or
 * {@link dev.bayeux.api.BayeuxClient#builder(java.net.URI, java.net.URI...)}.
 *
 * <p>No method takes or returns {@code null} unless it is marked so.
 *
 * <p>Citations such as "protocol.md C-56" or "protocol.md 5.1" name a requirement or a section of the page
 * {@code docs/protocol.md} of this project, which says what a Bayeux client has to do.
 */
@NullMarked
package dev.bayeux.api;

import org.jspecify.annotations.NullMarked;
