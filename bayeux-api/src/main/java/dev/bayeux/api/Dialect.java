package dev.bayeux.api;

/**
 * Names the variant of the protocol that a server speaks. The client understands the differences between servers of
 * Bayeux 1.0 without a setting. A dialect is for servers that would not understand the client.
 */
public enum Dialect {

    /** Bayeux 1.0: CometD, Faye, Salesforce and others. The default. */
    BAYEUX_1_0,

    /**
     * Bayeux 1.0draft1, as {@code POE::Component::Server::Bayeux} implements it (protocol.md 8). Requests of
     * long-polling are forms with the field {@code message}. Such a server may hold any connect, even one that asks for
     * an answer at once. So each connect may take as long as the server has advised. After a lost connection it can
     * take that long until the client is connected again.
     */
    DRAFT_1
}
