package dev.bayeux.tests.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.Dialect;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.Subscription;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.tests.bayeux.ReplyTweak;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows about publishing, subscribing and receiving. */
class MessageRowsTest extends DialectRows {

    @ParameterizedTest
    @ValueSource(strings = {"{\"clientId\":null}", "{\"clientId\":\"abc\"}", "{\"advice\":{\"reconnect\":\"retry\"}}"})
    @Tag("C-58")
    void publishReply_withAndWithoutClientId(String patch) throws Exception {
        BayeuxClient client = connect();
        server.next("/foo").amend(patch);
        client.publish("/foo", 1);
        assertWorks(client);
    }

    @Test
    @Tag("C-46")
    void publishReply_servicesOfPoeNeedNotAnswer() throws Exception {
        BayeuxClient client = connect(builder().dialect(Dialect.DRAFT_1));
        server.next("/service/any").reply("[]");
        client.publish("/service/any", 1);
        server.next("/foo").reply("[]");
        PublishException unconfirmed = assertThrows(PublishException.class, () -> client.publish("/foo", 1));
        assertEquals(PublishException.Outcome.UNKNOWN, unconfirmed.outcome());
        assertWorks(client);
    }

    @Test
    @Tag("C-56")
    void publishWithoutSession_isNotReliedOn() throws Exception {
        BayeuxClient client = connect();
        client.disconnect();
        assertThrows(RuntimeException.class, () -> client.publish("/foo", 1));
        assertEquals(List.of(), server.messages("/foo"));
    }

    /** The id is that of a publish which is under way. */
    @Test
    @Tag("C-41")
    void deliveredId_fayeKeepsThePublishers() throws Exception {
        BayeuxClient client = connect();
        PullSubscription<?> subscription = client.subscribe("/foo");
        server.next("/foo").reply("""
                [{"channel":"/foo","id":"${id}","data":"of another"},
                 {"channel":"/foo","id":"${id}","successful":false,"error":"405:/foo:Invalid channel"}]""");
        PublishException refused = assertThrows(PublishException.class, () -> client.publish("/foo", 1));
        assertEquals(Outcome.REFUSED, refused.outcome());
        assertNext("\"of another\"", subscription);
    }

    @Test
    @Tag("C-82")
    void deliveredClientId_poeLeaksThePublishers() throws Exception {
        BayeuxClient client = connect(builder().dialect(Dialect.DRAFT_1));
        PullSubscription<?> subscription = client.subscribe("/foo");
        server.push("{\"channel\":\"/foo\",\"clientId\":\"somebody\",\"data\":1}");
        assertNext("1", subscription);
    }

    private List<PullSubscription<?>> overlapping() throws InterruptedException {
        BayeuxClient client = connect();
        return List.of(client.subscribe("/a/b"), client.subscribe("/a/*"));
    }

    @Test
    @Tag("C-78")
    void overlappingSubscriptions_oneCopyReachesEachOnce() throws Exception {
        List<PullSubscription<?>> both = overlapping();
        server.publish("/a/b", "1");
        server.publish("/a/b", "2");
        for (PullSubscription<?> each : both) {
            assertNext("1", each);
            assertNext("2", each);
        }
    }

    /** The client cannot know one from two that are alike, and hands over what it gets. */
    @Test
    @Tag("C-79")
    void overlappingSubscriptions_nodejsSendsACopyForEachMatch() throws Exception {
        List<PullSubscription<?>> both = overlapping();
        for (int copy = 0; copy < 2; copy++) {
            server.push("{\"channel\":\"/a/b\",\"data\":1}");
        }
        for (PullSubscription<?> each : both) {
            assertNext("1", each);
            assertNext("1", each);
        }
    }

    @Test
    @Tag("C-67")
    void arraySubscription_poeKnowsNone() throws Exception {
        BayeuxClient client = connect();
        PullSubscription<JsonValue> both = client.subscription("/a", "/b").start();
        assertEquals("\"/a\"", take(SUBSCRIBE).json().get("subscription").toString());
        assertEquals("\"/b\"", take(SUBSCRIBE).json().get("subscription").toString());
        both.close();
    }

    @Test
    @Tag("C-69")
    void subscribeToService_fayeRefuses() throws Exception {
        server.deny("/service/**");
        BayeuxClient client = connect();
        PullSubscription<?> subscription = client.subscribe("/service/foo");
        server.push("{\"channel\":\"/service/foo\",\"data\":1}");
        assertNext("1", subscription);
        assertEquals(List.of(), server.messages(SUBSCRIBE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"400::channel_missing", "Client not subscribed to '/foo'"})
    @Tag("C-70")
    void unsubscribeWhenNotSubscribed_cometdAndPoeFail(String error) throws Exception {
        BayeuxClient client = connect();
        Subscription subscription = client.subscribe("/foo");
        server.next(UNSUBSCRIBE).amend("{\"successful\":false,\"error\":\"%s\"}".formatted(error));
        subscription.close();
        take(UNSUBSCRIBE);
        assertWorks(client);
    }

    @Test
    @Tag("C-75")
    void orderInResponse() throws Exception {
        for (ReplyTweak order : List.of(ReplyTweak.none(), ReplyTweak.repliesFirst(), ReplyTweak.reversed())) {
            server.tweak(order);
            BayeuxClient client = connect();
            assertWorks(client);
            client.close();
        }
    }

    @Test
    @Tag("C-40")
    void ids_poeEchoesThemAsNumbers() throws Exception {
        server.tweak(ReplyTweak.numericIds());
        assertWorks(connect(builder().dialect(Dialect.DRAFT_1)));
        assertTrue(server.messages().stream().noneMatch(message -> message.id().equals("0")), "false in Perl");
    }

    @Test
    @Tag("C-44")
    @Tag("C-45")
    void ids_logitechLeavesThemOut() throws Exception {
        server.tweak(ReplyTweak.withoutMetaIds());
        BayeuxClient client = connect();
        assertWorks(client);
        client.close();
    }

    @Test
    @Tag("C-24")
    void lazyMessages_cometdHoldsThemBack() throws Exception {
        BayeuxClient client = connect();
        PullSubscription<?> subscription = client.subscribe("/lazy");
        server.next("/foo").reply("""
                [{"channel":"/lazy","data":1},{"channel":"/foo","id":"${id}","successful":true}]""");
        client.publish("/foo", 1);
        assertNext("1", subscription);
        assertTrue(subscription.poll(Duration.ZERO).isEmpty());
    }
}
