package dev.bayeux.tests.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.http.ResponseHead;
import dev.bayeux.tests.NothingLeft;
import dev.bayeux.tests.interop.CometdTestServer;
import dev.bayeux.tests.interop.Http;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs can listen to the heads of responses, over each transport and with a real server. */
@ExtendWith(NothingLeft.class)
@Tag("transport:jdk")
@Tag("transport:jetty")
@Tag("transport:jdk-websocket")
@Tag("transport:jetty-websocket")
class ResponseHeadersTest {

    private record Heard(ResponseHead head, String thread) {}

    @OverEachTransport
    @Tag("C-135")
    void listenersReceiveTheHeadOfTheFirstResponseWithoutItsSecrets(Http http) throws Exception {
        BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
        try (CometdTestServer server = new CometdTestServer().start();
                BayeuxClient client = BayeuxClient.builder(server.uri()).name("heads").transports(http.provider())
                        .onResponse(head -> heard.add(new Heard(head, Thread.currentThread().getName()))).connect()) {
            Heard first = heard.poll(10, TimeUnit.SECONDS);

            assertNotNull(first);
            assertEquals("bayeux-heads-responses", first.thread());
            assertEquals(server.uri(), first.head().uri());
            assertEquals(http.fullDuplex() ? 101 : 200, first.head().status());
            if (!http.fullDuplex()) {
                assertTrue(first.head().header("content-type").isPresent(), first::toString);
                assertEquals(Optional.of("***"), first.head().header("Set-Cookie"));
            }
            assertFalse(first.toString().contains(client.clientId().orElseThrow()), first::toString);
        }
    }
}
