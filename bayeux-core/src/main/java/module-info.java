/**
 * The engine of the Bayeux client. Programs use {@code dev.bayeux.api} and never name anything in here.
 *
 * @provides dev.bayeux.api.ClientFactory the engine
 * @uses dev.bayeux.api.extension.ExtensionProvider the extensions that a program may ask for
 * @uses dev.bayeux.api.spi.TransportProvider the transports that a program may choose from
 * @uses dev.bayeux.api.binding.DataBinding what binds data, where the program names none
 * @uses jakarta.json.bind.spi.JsonbProvider the binding, where JSON-B itself does not find it
 * @uses jakarta.json.spi.JsonProvider the parser, where JSON-P itself does not find it
 */
module dev.bayeux.core {
    requires dev.bayeux.api;
    requires static jakarta.json.bind;
    requires static jdk.jfr;
    requires static org.jspecify;

    uses dev.bayeux.api.binding.DataBinding;
    uses dev.bayeux.api.extension.ExtensionProvider;
    uses dev.bayeux.api.spi.TransportProvider;
    uses jakarta.json.bind.spi.JsonbProvider;
    uses jakarta.json.spi.JsonProvider;

    provides dev.bayeux.api.ClientFactory with dev.bayeux.core.CoreClientFactory;
}
