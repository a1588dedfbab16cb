package dev.bayeux.tests.interop;

import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.junit.jupiter.api.Tag;

/** The scenarios with a real CometD server. */
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-callback-polling")
@Tag("transport:jetty-callback-polling")
abstract class CometdScenarios extends InteropScenarios {

    final CometdTestServer cometd;

    CometdScenarios(CometdNetwork network) {
        // With acknowledgement, or else what comes with a connect could overtake what comes with other replies (C-81).
        cometd = new CometdTestServer().network(network).extension(AcknowledgedMessagesExtension::new);
    }

    @Override
    final RealServer start() {
        return cometd.start();
    }

    @Override
    final void stop() {
        cometd.close();
    }
}
