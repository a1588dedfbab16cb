package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A request whose credentials the server refuses, without reading its messages, is retried once with other credentials. */
class UnauthorizedTest {

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    private boolean isRepeated(Exchange exchange) {
        server.happens(new Input.Unauthorized(exchange));
        return server.core.answer();
    }

    @Test
    void aRequestIsRepeatedOnce() {
        assertTrue(isRepeated(server.connect()));
        assertFalse(isRepeated(server.connect()));
    }

    @Test
    void aRequestThatNoCallerAwaitsIsNotRepeated() {
        Exchange abandoned = server.connect();
        server.happens(new Input.Abort());

        assertFalse(isRepeated(abandoned));
    }

    @Test
    void aBatchWhoseSessionTheServerHasEndedIsNotRepeated() {
        server.publish("/b");
        Exchange batch = server.batch();
        server.answer(server.connect(), PlayedServer.no(server.connect().requests().getFirst(), "402::session_unknown")
                .replace("}", ",'advice':{'reconnect':'handshake'}}"));

        assertFalse(isRepeated(batch));
    }

    @Test
    void eachRequestIsRepeatedWhoeverElseWas() {
        server.publish("/b");
        assertTrue(isRepeated(server.connect()));
        assertTrue(isRepeated(server.batch()));
    }
}
