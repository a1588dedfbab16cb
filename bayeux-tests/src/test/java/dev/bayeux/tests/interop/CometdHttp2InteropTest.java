package dev.bayeux.tests.interop;

import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.junit.jupiter.api.Tag;

/** The client and a real CometD server that speaks HTTP/2 over TLS. */
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-callback-polling")
@Tag("transport:jetty-callback-polling")
@Tag("server:CometD-9-HTTP/2")
class CometdHttp2InteropTest extends InteropScenarios {

    private final CometdTestServer cometd = new CometdTestServer().network(CometdNetwork.HTTP2)
            .extension(AcknowledgedMessagesExtension::new);

    @Override
    RealServer start() {
        return RealServer.of(cometd.start());
    }

    @Override
    void stop() {
        cometd.close();
    }
}
