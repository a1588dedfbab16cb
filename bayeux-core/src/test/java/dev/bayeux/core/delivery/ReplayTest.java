package dev.bayeux.core.delivery;

import static dev.bayeux.core.delivery.ReplayFixture.ext;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.OnHandlerFailure;
import dev.bayeux.api.PullSubscription;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.ClientClosedException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.position.OnInvalidPosition;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.delivery.Subscribers.Started;
import dev.bayeux.core.message.Request;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where subscriptions begin, and what happens if they cannot begin there. */
@Timeout(10)
class ReplayTest {

    private static final String INVALID = "400::The replayId {7} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.";

    private ReplayFixture replay = new ReplayFixture();

    private void renewSession() {
        loseSession();
        restore();
    }

    private void loseSession() {
        replay.server.loseSession();
    }

    private void restore() {
        replay.server.clear();
        replay.server.answerHandshake();
    }

    private Request lastSent() {
        return replay.server.requests().getLast();
    }

    /** An earlier subscription, whose end the server has not confirmed. */
    private void endUnconfirmed() {
        replay.pull(replay.settings("/a")).close();
        replay.server.loseAnswers();
    }

    @Test
    @Tag("C-120")
    void isTheTipUnlessSomethingIsStored() {
        replay.store.save("/b", Position.after(7));
        replay.pull(replay.settings("/a", "/b"));
        replay.pull(replay.settings("/service/x"));
        replay.pull(replay.settings("/c").beginning(null, Position.EARLIEST));
        replay.pull(replay.settings("/d").beginning(Position.after(3), Position.TIP));

        assertEquals(List.of(ext("/a", -1), ext("/b", 7), ext("/c", -2), ext("/d", 3)), replay.exts());
    }

    @Test
    @Tag("C-119")
    void aNewSessionContinuesAfterReceivedMessages() {
        replay.store.save("/a", Position.after(7));
        replay.pull(replay.settings("/a"));
        renewSession();
        assertEquals(List.of(ext("/a", 7)), replay.exts());
        replay.deliver("/a", 9, 8);
        replay.server.deliver("/a", "{}", "null");
        renewSession();
        assertEquals(List.of(ext("/a", 8)), replay.exts(), "what waits in the queue outlives the session");
    }

    @Test
    @Tag("C-119")
    void aReplayIdMayBeTextAndGoesOutAsText() throws Exception {
        replay.handle(OnHandlerFailure.SKIP, message -> {
            // Handled.
        }, "/a");
        replay.server.deliver("/a", "{\"event\":{\"replayId\":\"AAAB-x9==\"}}");
        replay.assertSaved("/a=AAAB-x9==");
        assertEquals(Optional.of(Position.after("AAAB-x9==")), replay.store.load("/a"));
        renewSession();
        assertEquals("{\"replay\":{\"/a\":\"AAAB-x9==\"}}", replay.exts().getLast());
    }

    @Test
    void aReplayIdThatCannotBeAPositionIsReportedOnce() throws Exception {
        replay.handle(OnHandlerFailure.SKIP, message -> {
            // Handled.
        }, "/a");
        replay.server.deliver("/a", "{\"event\":{\"replayId\":{\"n\":1}}}", "{\"event\":{\"replayId\":1.5}}",
                ReplayFixture.event(3));
        ClientEvent.PositionUnusable event = replay.event(ClientEvent.PositionUnusable.class);

        assertEquals("/a", event.channel());
        assertEquals(
                "A message on /a has a replay id that cannot be a position: {\"n\":1} (it is neither a number nor text)."
                        + " Its position is not saved, and a new session starts at the last usable one, so messages may come twice.",
                event.cause().getMessage());
        replay.assertSaved("/a=3");
        assertTrue(replay.server.nothingTold(), "one event is enough");
    }

    @Test
    void noDeliveryGivesAPositionWhileAnEarlierSubscriptionMayBeServed() {
        replay.store.save("/a", Position.after(7));
        endUnconfirmed();
        replay.pull(replay.settings("/a"));
        replay.deliver("/a", 9);
        renewSession();
        assertEquals(List.of(ext("/a", 7)), List.of(replay.exts().getLast()), "9 may be ahead of what is replayed");
        replay.deliver("/a", 8);
        renewSession();
        assertEquals(List.of(ext("/a", 8)), List.of(replay.exts().getLast()), "the new session is sure");
    }

    /** A server may write the reply that ends a session ahead of the deliveries that come with it. */
    @Test
    void deliveriesAfterTheEndOfTheSessionGiveNoPosition() throws InterruptedException {
        replay.store.save("/a", Position.after(7));
        endUnconfirmed();
        replay.handle(OnHandlerFailure.SKIP, message -> {}, "/a");
        loseSession();
        replay.deliver("/a", 9);
        restore();
        assertEquals(List.of(ext("/a", 7)), replay.exts());
        replay.deliver("/a", 8);
        replay.assertSaved("/a=8");
    }

    @Test
    void theFirstSubscriberOfAChannelChoosesWhereItBegins() {
        replay.pull(replay.settings("/a"));
        replay.pull(replay.settings("/a"));
        SubscriptionSettings choosing = replay.settings("/new", "/a").beginning(Position.EARLIEST, Position.EARLIEST);
        assertThrows(IllegalStateException.class, () -> replay.pull(choosing));
        assertEquals(List.of("+/a"), replay.server.sent(), "nothing of a refused settings is left");
    }

    @Test
    void twoStreamsCannotShareOnePosition() {
        replay.pull(replay.settings("/a?x=1"));
        assertThrows(IllegalStateException.class, () -> replay.pull(replay.settings("/a?x=2")));
        assertThrows(IllegalStateException.class, () -> replay.pull(replay.settings("/b?x=1", "/b")));
    }

    // Gaps

    @Test
    void aServerWithoutReplayIsReported() throws InterruptedException {
        replay = new ReplayFixture(OnInvalidPosition.FAIL, false);
        replay.store.save("/a", Position.after(7));
        replay.pull(replay.settings("/a"));

        assertEquals(List.of("{}"), replay.exts());
        ReplayGap gap = replay.event(ReplayGap.class);
        assertEquals("/a", gap.channel());
        assertEquals(Position.after(7), gap.wanted());
        assertEquals(Optional.of(Position.TIP), gap.begun());
        assertEquals(Reason.NOT_OFFERED, gap.reason());
    }

    @Test
    void aSessionLostBeforeTheFirstMessageIsReported() throws InterruptedException {
        replay.pull(replay.settings("/a"));
        renewSession();
        assertEquals(Reason.UNKNOWN, replay.event(ReplayGap.class).reason());
        replay.deliver("/a", 1);
        renewSession();
        assertTrue(replay.server.nothingTold());
    }

    @Test
    void aClientWithoutReplayReceivesNoReport() throws InterruptedException {
        SubscriptionsFixture plain = new SubscriptionsFixture();
        plain.active("/a");
        plain.loseSession();
        plain.answerHandshake();
        assertTrue(plain.nothingTold());
    }

    // Positions that are refused

    @Test
    @Tag("C-121")
    void failIsTheDefault() throws InterruptedException {
        replay.store.save("/a", Position.after(7));
        Started<PullSubscription<JsonValue>> started = replay.server.subscriptions.start(replay.settings("/a"));
        replay.refuse(lastSent(), INVALID);

        CompletionException failed = assertThrows(CompletionException.class, () -> started.outcome().join());
        assertEquals(400, assertInstanceOf(SubscribeException.class, failed.getCause()).error().orElseThrow().code()
                .orElseThrow());
        ReplayGap gap = replay.event(ReplayGap.class);
        assertEquals(Reason.REFUSED, gap.reason());
        assertEquals(Optional.empty(), gap.begun());
        assertInstanceOf(RefusedException.class, gap.cause().getCause());
        assertEquals(Optional.of(Position.after(7)), replay.store.load("/a"));
    }

    @Test
    @Tag("C-121")
    void asksAgainWithTheChosenPosition() throws InterruptedException {
        replay = new ReplayFixture(OnInvalidPosition.EARLIEST);
        replay.store.save("/a", Position.after(7));
        Started<PullSubscription<JsonValue>> started = replay.server.subscriptions.start(replay.settings("/a"));
        replay.refuse(lastSent(), INVALID);

        ReplayGap gap = replay.event(ReplayGap.class);
        assertEquals(Position.after(7), gap.wanted());
        assertEquals(Optional.of(Position.EARLIEST), gap.begun());
        replay.close();
        assertEquals(List.of(ext("/a", 7), ext("/a", -2)), replay.exts());
        CompletionException unanswered = assertThrows(CompletionException.class, () -> started.outcome().join());
        assertInstanceOf(ClientClosedException.class, unanswered.getCause(), "the refusal is not the end of it");
    }

    @Test
    @Tag("C-121")
    void aRestoredSubscriptionContinues() throws InterruptedException {
        CountDownLatch decide = new CountDownLatch(1);
        replay = new ReplayFixture((channel, refused, error) -> {
            assertEquals("/a after 8", channel + " " + refused);
            assertTrue(error.text().startsWith("The replayId {7}"), error::text);
            decide.await();
            return Optional.of(Position.after(9));
        });
        PullSubscription<JsonValue> pulled = replay.pull(replay.settings("/a"));
        replay.deliver("/a", 8);
        renewSession();
        replay.refuse(lastSent(), INVALID);
        assertEquals(SubscriptionState.REQUESTED, pulled.state(), "while the program decides");
        decide.countDown();
        replay.event(ReplayGap.class);
        assertEquals(List.of(ext("/a", 8), ext("/a", 9)), replay.exts());
        replay.server.acceptAll();
        assertEquals(SubscriptionState.ACTIVE, pulled.state());
    }

    @Test
    @Tag("C-121")
    void endsAfterThreeChoices() throws InterruptedException {
        replay = new ReplayFixture(OnInvalidPosition.TIP);
        replay.pull(replay.settings("/a"));
        replay.deliver("/a", 8);
        renewSession();
        for (int n = 1; n <= 3; n++) {
            replay.refuse(lastSent(), INVALID);
            assertEquals(Optional.of(Position.TIP), replay.event(ReplayGap.class).begun());
            assertEquals(n + 1, replay.exts().size());
        }
        replay.refuse(lastSent(), INVALID);
        assertEquals(Optional.empty(), replay.event(ReplayGap.class).begun());
    }

    @Test
    void aPolicyThatThrowsFails() throws InterruptedException {
        replay = new ReplayFixture((channel, refused, error) -> {
            throw new IllegalStateException("policy");
        });
        PullSubscription<JsonValue> pulled = replay.pull(replay.settings("/a"));
        replay.deliver("/a", 8);
        renewSession();
        replay.refuse(lastSent(), INVALID);

        ReplayGap gap = replay.event(ReplayGap.class);
        assertEquals("policy", gap.cause().getCause().getSuppressed()[0].getMessage());
        assertEquals(SubscriptionState.REJECTED, pulled.state());
        assertSame(gap.cause().getCause(), pulled.failure().orElseThrow().getCause());
    }

    @Test
    void aDecisionForAnotherSessionIsForgotten() throws InterruptedException {
        CountDownLatch decide = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        replay = new ReplayFixture((channel, refused, error) -> {
            asked.countDown();
            decide.await();
            return Optional.of(Position.EARLIEST);
        });
        replay.pull(replay.settings("/a"));
        replay.deliver("/a", 8);
        renewSession();
        replay.refuse(lastSent(), INVALID);
        asked.await();
        renewSession();
        decide.countDown();
        replay.close();
        assertEquals(List.of(ext("/a", 8)), replay.exts());
    }

    @Test
    void otherRefusalsAreNoMatterOfThePosition() throws InterruptedException {
        replay = new ReplayFixture(OnInvalidPosition.EARLIEST);
        for (String error : List.of("403::denied", "400::The channel does not exist", "The replayId is bad",
                "400::The replayId for channel /a wasn't found using the provided replay ID map")) {
            Started<PullSubscription<JsonValue>> started = replay.server.subscriptions.start(replay.settings("/a"));
            replay.refuse(lastSent(), error);
            assertThrows(CompletionException.class, () -> started.outcome().join(), error);
            started.subscription().close();
        }
        assertTrue(replay.server.nothingTold());
    }
}
