/** A full-duplex transport that is no WebSocket, under a connection type of its own, and what certifies it. */
@NullMarked
package dev.bayeux.tests.carrier;

import org.jspecify.annotations.NullMarked;
