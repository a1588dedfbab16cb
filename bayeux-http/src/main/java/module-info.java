/**
 * Support for transports over an HTTP or WebSocket client ({@link dev.bayeux.http}), and for sharing such clients
 * ({@link dev.bayeux.http.shared}). Programs do not use it.
 */
module dev.bayeux.http {
    requires transitive dev.bayeux.api;

    exports dev.bayeux.http;
    exports dev.bayeux.http.shared;
}
