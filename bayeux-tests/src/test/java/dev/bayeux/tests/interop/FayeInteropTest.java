package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client and a real Faye server, where Node.js is there. */
@Tag("optional")
class FayeInteropTest extends InteropScenarios {

    /** A process takes its time to start: one for all tests. */
    private static final FayeTestServer FAYE = new FayeTestServer();

    @BeforeAll
    static void startProcess() {
        FAYE.start();
    }

    @AfterAll
    static void stopProcess() {
        FAYE.close();
    }

    @Override
    RealServer start() {
        return RealServer.of(FAYE);
    }

    @Override
    void stop() {
        // It goes on for the next test.
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-03")
    void aTokenInTheHandshake(Http http) throws Exception {
        FAYE.requireToken("open sesame");
        try {
            BayeuxClient client = connect(builder(http).credentials(refused -> Credentials.ext(Json
                    .createObjectBuilder().add("auth", Json.createObjectBuilder().add("token", "open sesame"))
                    .build())));
            client.publish("/foo", 1);
        } finally {
            FAYE.requireToken("");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-41")
    void deliveriesCarryTheIdOfThePublisher(Http http) throws Exception {
        BayeuxClient client = connect(http);
        PullSubscription<JsonValue> subscription = client.subscribe("/foo");
        for (int n = 0; n < 20; n++) {
            client.publish("/foo", n);
            Message<JsonValue> message = next(subscription);
            assertEquals(Integer.toString(n), message.text());
            assertTrue(message.id().isPresent());
        }
    }
}
