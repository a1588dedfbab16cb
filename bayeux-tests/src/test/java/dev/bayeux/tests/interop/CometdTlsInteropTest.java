package dev.bayeux.tests.interop;

import org.junit.jupiter.api.Tag;

/** The client and a real CometD server that speaks TLS. */
@Tag("server:CometD-9-TLS")
class CometdTlsInteropTest extends CometdScenarios {

    CometdTlsInteropTest() {
        super(CometdNetwork.TLS);
    }
}
