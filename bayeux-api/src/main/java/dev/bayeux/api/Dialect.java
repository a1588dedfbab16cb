package dev.bayeux.api;

/**
 * For whom a client speaks. What servers of Bayeux 1.0 do differently is understood without being told; a dialect is for
 * those that would not understand us.
 */
public enum Dialect {

    /** Bayeux 1.0: CometD, Faye, Salesforce and others. The default. */
    BAYEUX_1_0,

    /**
     * Bayeux 1.0draft1, as {@code POE::Component::Server::Bayeux} has it (protocol.md 8). Requests of long-polling are forms with
     * the field {@code message}; and as such a server holds any connect for as long as it likes, also one that asks to be
     * answered at once, each may take as long as the server has advised. So it can take that long until the client knows
     * that it is connected again, after a connection was lost.
     */
    DRAFT_1
}
