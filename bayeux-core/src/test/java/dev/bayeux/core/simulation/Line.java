package dev.bayeux.core.simulation;

import java.util.List;

/** What the server answers through: the response to one request, or a socket. */
interface Line {

    /** Sends messages, in order. A response can be sent once. */
    void send(List<ServerMessage> messages);

    /** Whether the server has no sign that the client is gone. */
    boolean isOpen();

    /** Whether the server can send at any time. */
    boolean isDuplex();
}
