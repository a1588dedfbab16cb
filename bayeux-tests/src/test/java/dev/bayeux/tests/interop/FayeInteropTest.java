package dev.bayeux.tests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.BinaryData;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.Credentials;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.Message;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.extension.MessageCredentials;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client and a real Faye server, where Node.js is there. */
@Tag("optional")
@Tag("server:Faye")
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
        return FAYE;
    }

    @Override
    void stop() {
        // The server continues, for the next test.
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

    private static String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static JsonObject member(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build();
    }

    private ClientBuilder guarded(Http http) {
        return builder(http).addExtension(
                MessageCredentials.forSubscribes(subscribe -> member("signature",
                        signature(subscribe.subscriptions().getFirst() + subscribe.clientId().orElseThrow()))))
                .addExtension(MessageCredentials.forPublishes(publish -> member("authToken", "key")));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C-55")
    @Tag("C-71")
    void eachSubscribeIsSignedAlsoInANewSession(Http http) throws Exception {
        FAYE.guard("key", true);
        BayeuxClient client = connect(guarded(http));
        PullSubscription<JsonValue> subscription = client.subscribe("/guarded/foo");
        FAYE.expireAllSessions();
        awaitNewSession(client);
        client.publish("/guarded/foo", 1);
        assertEquals("1", next(subscription).text());

        BayeuxClient stranger = connect(http);
        SubscribeException noSignature = assertThrows(SubscribeException.class,
                () -> stranger.subscribe("/guarded/foo"));
        assertEquals("Incorrect signature.", noSignature.error().orElseThrow().text());
        PublishException noToken = assertThrows(PublishException.class, () -> stranger.publish("/guarded/foo", 2));
        assertEquals("Incorrect token.", noToken.error().orElseThrow().text());
    }

    @ParameterizedTest
    @EnumSource
    void extOfAPublishReachesSubscribersUnlessTheServerRemovesIt(Http http) throws Exception {
        BayeuxClient client = connect(guarded(http));
        for (boolean strip : new boolean[]{false, true}) {
            FAYE.guard("key", strip);
            PullSubscription<JsonValue> subscription = client.subscribe("/guarded/foo");
            client.publish("/guarded/foo", 1);
            assertEquals(!strip, next(subscription).ext().containsKey("authToken"));
            subscription.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesGoFromClientToClient(Http http) throws Exception {
        BayeuxClient sender = connect(http);
        PullSubscription<BinaryData> subscription = connect(http).subscribe("/foo", BinaryData.class);
        BinaryData data = BinaryData.of(new byte[]{-1, 0, 1, 2, 3});
        sender.publish("/foo", data);
        assertEquals(data, next(subscription).data());
    }

    /** CometD 9 answers forms with HTTP status 400. */
    @ParameterizedTest
    @EnumSource
    @Tag("C-106")
    void theDialectOfOldServersIsUnderstood(Http http) throws Exception {
        BayeuxClient client = connect(builder(http).dialect(Dialect.DRAFT_1));
        PullSubscription<String> subscription = client.subscribe("/foo", String.class);
        client.publish("/foo", "grün & = + %");
        assertEquals("grün & = + %", next(subscription).data());
    }
}
