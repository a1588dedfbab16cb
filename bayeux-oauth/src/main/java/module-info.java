/**
 * Access tokens of OAuth 2.0 as credentials of a client: {@link dev.bayeux.oauth}.
 */
module dev.bayeux.oauth {
    requires transitive dev.bayeux.api;
    requires transitive java.net.http;

    exports dev.bayeux.oauth;
}
