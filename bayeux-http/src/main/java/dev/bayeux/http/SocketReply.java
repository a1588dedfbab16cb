package dev.bayeux.http;

import org.jspecify.annotations.Nullable;

/**
 * Holds a server's answer to the request for a WebSocket.
 *
 * @param reply the status and the headers, as far as the WebSocket client shows them; 101 if there is a socket
 * @param socket the socket; {@code null} if the server gives none
 */
public record SocketReply(HttpReply reply, @Nullable MessageSocket socket) {}
