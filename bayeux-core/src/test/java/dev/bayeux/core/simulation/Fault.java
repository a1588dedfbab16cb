package dev.bayeux.core.simulation;

/** What goes wrong. The number is how often at most, of a hundred opportunities. */
enum Fault {
    /** No server listens at the port. */
    CONNECTION_REFUSED(15),
    /** The request does not arrive, and the client hears that the connection is gone. */
    REQUEST_LOST(10),
    /** The server acts, and its reply is lost. */
    REPLY_LOST(10),
    /** Neither a reply nor an end: until the client's own limit. */
    SILENCE(5),
    /** The text of a reply ends too early. */
    REPLY_CUT(8),
    /** Something that is no JSON, such as a page of a proxy. */
    GARBAGE(5),
    /** An HTTP status of a proxy that has not asked the server. */
    STATUS_UNPROCESSED(5),
    /** An HTTP status after the server has acted. */
    STATUS_PROCESSED(5),
    /** A slow network. */
    DELAY(20),
    /** A frame of a socket comes twice. */
    DUPLICATE(5),
    /** A socket breaks. */
    SOCKET_BROKEN(5),
    /** A socket goes silent. */
    SOCKET_SILENT(3),
    /** A frame that a socket has read before it was closed is delivered after that. */
    SOCKET_LATE(100),
    /** The server does not know the session, out of the blue. */
    SESSION_FORGOTTEN(5),
    /** For a minute the server knows no session, as if a load balancer sent each request to another server. */
    AMNESIA(15),
    /** The server restarts and keeps its sessions. */
    RESTART(2),
    /** The server restarts and knows nothing. */
    RESTART_WITHOUT_STATE(2),
    /** One of the places where the server is cannot be reached for some time. */
    PLACE_DEAF(7),
    /** The machine of the client sleeps, and may find nothing as it was. */
    SLEEP(5),
    /** The server ends the session. */
    SERVER_DISCONNECT(2),
    /** Advice that makes no sense, anywhere. */
    LYING_ADVICE(10),
    /** A connect that could be held is answered at once. */
    NOT_HELD(20),
    /** For a minute each connect is answered at once, with an event that no subscriber has asked for. */
    UNWANTED_EVENTS(10),
    /** A handshake is refused. */
    HANDSHAKE_REFUSED(20),
    /** A subscribe is refused. */
    SUBSCRIBE_REFUSED(10),
    /** A publish is refused. */
    PUBLISH_REFUSED(10),
    /** The reply to a connect that has long been answered comes once more, with something else. */
    STALE_REPLY(10),
    /** The response has no reply to a message that was processed. */
    REPLY_MISSING(5),
    /** A reply without an id. */
    ID_MISSING(5),
    /** What stands before the server does not accept a token any more, before its time. */
    TOKEN_REVOKED(10),
    /** The program's source has no token. */
    TOKEN_UNAVAILABLE(20),
    /** An extension of the program throws. */
    EXTENSION_THROWS(5),
    /** An extension of the program holds a publish back. */
    HELD_BACK(5),
    /** A handler takes its time. */
    SLOW_HANDLER(10),
    /** A handler throws. */
    THROWING_HANDLER(10),
    /** A thread of the program is interrupted. */
    INTERRUPT(20);

    final double most;

    Fault(int percent) {
        this.most = percent / 100.0;
    }
}
