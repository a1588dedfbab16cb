/**
 * The engine of the Bayeux client. Programs use {@code dev.bayeux.api} and never name anything in here.
 *
 * @provides dev.bayeux.api.ClientFactory the engine
 * @uses dev.bayeux.api.spi.ExtensionProvider the extensions that a program may ask for
 * @uses dev.bayeux.api.spi.TransportProvider the transports that a program may choose from
 */
module dev.bayeux.core {
    requires dev.bayeux.api;
    requires static jdk.jfr;
    requires static org.jspecify;

    uses dev.bayeux.api.spi.ExtensionProvider;
    uses dev.bayeux.api.spi.TransportProvider;

    provides dev.bayeux.api.ClientFactory with dev.bayeux.core.CoreClientFactory;
}
