package dev.bayeux.tests.server;

/** One connection of a {@link TcpServer}. */
interface ServerConnection {

    /** Begins to serve it, on a thread of its own. */
    void start();

    /** Closes the connection from the side of the server. */
    void close();
}
