/**
 * The Bayeux client as programs see it ({@link dev.bayeux.api}), its errors ({@link dev.bayeux.api.error}), where
 * subscriptions begin ({@link dev.bayeux.api.position}) and what a transport implements ({@link dev.bayeux.api.spi}).
 *
 * @uses dev.bayeux.api.ClientFactory the engine; {@code dev.bayeux.core} provides it
 */
module dev.bayeux.api {
    requires transitive jakarta.json;
    requires transitive jakarta.json.bind;
    requires static transitive org.jspecify;

    exports dev.bayeux.api;
    exports dev.bayeux.api.error;
    exports dev.bayeux.api.position;
    exports dev.bayeux.api.spi;

    uses dev.bayeux.api.ClientFactory;
}
