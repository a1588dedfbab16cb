package dev.bayeux.tests.server;

/** One connection of a {@link TcpServer}. */
interface ServerConnection {

    /** Begins to serve it, on a separate thread. */
    void start();

    /** Closes the connection from the side of the server. */
    void close();
}
