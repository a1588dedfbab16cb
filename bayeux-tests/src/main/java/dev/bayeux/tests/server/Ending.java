package dev.bayeux.tests.server;

/** How a request ended, as the server saw it. */
public enum Ending {

    /** The whole answer was sent. */
    ANSWERED,

    /** The server closed the connection before the answer was whole. */
    BROKEN_BY_SERVER,

    /** The client closed the connection before the answer was whole. */
    LEFT_BY_CLIENT
}
