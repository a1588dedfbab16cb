/**
 * The Bayeux client as programs see it ({@link dev.bayeux.api}), its errors ({@link dev.bayeux.api.error}), where
 * subscriptions begin ({@link dev.bayeux.api.position}), the way through the network ({@link dev.bayeux.api.http}),
 * extensions ({@link dev.bayeux.api.extension}) and what a transport implements ({@link dev.bayeux.api.spi}).
 *
 * @uses dev.bayeux.api.ClientFactory the engine; {@code dev.bayeux.core} provides it
 * @provides dev.bayeux.api.extension.ExtensionProvider the extensions that need no settings
 */
module dev.bayeux.api {
    requires transitive jakarta.json;
    // Not transitive: the compiler would demand it of every program.
    requires static jakarta.json.bind;
    requires static transitive org.jspecify;

    exports dev.bayeux.api;
    exports dev.bayeux.api.binding;
    exports dev.bayeux.api.error;
    exports dev.bayeux.api.extension;
    exports dev.bayeux.api.http;
    exports dev.bayeux.api.position;
    exports dev.bayeux.api.spi;

    uses dev.bayeux.api.ClientFactory;

    provides dev.bayeux.api.extension.ExtensionProvider with dev.bayeux.api.extension.Timestamp.Provider,
            dev.bayeux.api.extension.Timesync.Provider;
}
