package dev.bayeux.tests.interop;

import org.junit.jupiter.api.Tag;

/** The client and a real CometD server that speaks HTTP/2 over TLS. */
@Tag("server:CometD-9-HTTP/2")
class CometdHttp2InteropTest extends CometdScenarios {

    CometdHttp2InteropTest() {
        super(CometdNetwork.HTTP2);
    }
}
