package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.LOST;
import static dev.bayeux.core.protocol.PlayedServer.event;
import static dev.bayeux.core.protocol.PlayedServer.no;
import static dev.bayeux.core.protocol.PlayedServer.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientEvent.SubscriptionRejected;
import dev.bayeux.api.SubscriptionState;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the server refuses for a reason that passes: a subscribe while it is busy, a publish in a session that is gone. */
class PassingRefusalTest {

    private static final String BUSY = "403:/a:503::Server is too busy";
    private static final String GONE = "402::session_unknown";
    private static final Duration LONG = Duration.ofSeconds(40);

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    private Request subscribing() {
        return server.batch().requests().getFirst();
    }

    private void refuse(String error) {
        server.answer(server.batch(), no(subscribing(), error));
    }

    private void newSession() {
        server.answer(server.connect(),
                no(server.connect().requests().getFirst(), GONE).replace("}", ",'advice':{'reconnect':'handshake'}}"));
        server.handshook();
    }

    @Test
    @Tag("C-72")
    void aSubscriptionThatIsRestoredIsAskedForAgainAndNeverRejected() {
        newSession();
        for (int n = 0; n < 5; n++) {
            server.clear();
            refuse(BUSY);
            assertEquals(List.of(), server.sent().stream().filter(each -> each.startsWith("subscribe")).toList(),
                    "not at once");
            server.after(LONG);
            assertTrue(server.sent().contains("subscribe /a {}"));
            assertEquals(List.of(), server.told(SubscriptionRejected.class));
        }
        server.accept();
        assertTrue(server.core.view().allActive());
    }

    @Test
    @Tag("C-72")
    void itIsRejectedOnceTheServerSaysSomethingPermanent() {
        newSession();
        refuse(BUSY);
        server.after(LONG);
        refuse("403::denied");
        assertEquals(1, server.told(SubscriptionRejected.class).size());
    }

    private void holdBack() {
        Exchange batch = server.batch();
        HeldBackException why = new HeldBackException("signer", "/meta/subscribe", new IllegalStateException("once"));
        server.happens(new Input.HeldBack(batch, subscribing().id(), why)).lose(batch, why);
    }

    private void assertAskedForAgainAfterABackoff() {
        assertEquals(List.of(), server.sent().stream().filter(each -> each.startsWith("subscribe")).toList(),
                "not at once");
        assertEquals(List.of(), server.told(SubscriptionRejected.class));
        server.after(LONG);
        assertTrue(server.sent().contains("subscribe /a {}"));
    }

    @Test
    @Tag("C-72")
    void aRestoredSubscriptionAtWhichAnExtensionFailsIsAskedForAgain() {
        newSession();
        for (int n = 0; n < 3; n++) {
            server.clear();
            holdBack();
            assertInstanceOf(HeldBackException.class,
                    server.told(ClientEvent.AttemptFailed.class).getFirst().cause().getCause());
            assertAskedForAgainAfterABackoff();
        }
        server.accept();
        assertTrue(server.core.view().allActive());
    }

    @Test
    void theFirstSubscribeAtWhichAnExtensionFailsIsRejected() {
        server.subscribe("/b", null);
        holdBack();
        assertTrue(server.has(Effect.Reject.class));
    }

    @Test
    @Tag("C-72")
    void aLostAnswerToTheRetryIsNoRefusal() {
        newSession();
        refuse(BUSY);
        server.after(LONG).lose(server.batch());
        assertEquals(List.of(), server.told(SubscriptionRejected.class));
        server.clear();
        server.after(LONG);
        assertTrue(server.sent().contains("subscribe /a {}"));
        server.accept();
        assertTrue(server.core.view().allActive());
    }

    @Test
    @Tag("C-70")
    void theServerMayKnowASubscriptionWhoseAnswerWasLost() {
        Subscriber subscriber = server.subscribe("/b", null);
        server.accept();
        newSession();
        List<Request> both = server.batch().requests();
        server.answer(server.batch(), yes(both.getFirst()) + "," + no(both.getLast(), BUSY));
        server.after(LONG).lose(server.batch()).happens(new Input.Leave(subscriber, false));
        assertTrue(server.sent().contains("unsubscribe /meta/unsubscribe"), server.sent().toString());
    }

    @Test
    void theFirstSubscribeIsAskedForAgainAsWell() {
        Subscriber subscriber = server.subscribe("/b", null);
        refuse(BUSY);
        assertFalse(server.has(Effect.Reject.class));
        assertEquals(SubscriptionState.REQUESTED, server.core.view().stateOf(subscriber));
        assertTrue(server.core.view().failureOf(subscriber).orElseThrow().getMessage().contains("too busy"));
        server.clear();
        server.after(LONG).accept();
        assertTrue(server.has(Effect.Establish.class));
        assertTrue(server.core.view().failureOf(subscriber).isEmpty());
    }

    @Test
    void aCallerThatStopsWaitingLeavesNoSubscription() {
        Subscriber subscriber = server.subscribe("/b", null);
        refuse(BUSY);
        server.happens(new Input.Leave(subscriber, false));
        server.clear();
        server.after(LONG);
        assertEquals(List.of(), server.sent());
    }

    // Publishes

    private void breakConnect() {
        server.lose(server.connect());
        server.clear();
    }

    @Test
    @Tag("C-138")
    void aPublishOfALostSessionIsSentOnceMoreInTheNext() {
        breakConnect();
        Request publish = server.publish("/x");
        server.publish("/y");
        server.answer(server.batch(), no(publish, GONE));
        assertFalse(server.isOver(publish));
        server.sent();
        server.handshook();
        assertEquals(List.of("subscribe /a {}", "publish /x", "publish /y"), server.sent());
        server.accept();
        assertTrue(server.isOver(publish));
    }

    @Test
    @Tag("C-138")
    void allThatOneResponseRefusesIsSentOnceMore() {
        breakConnect();
        Request first = Request.ofData(Request.Kind.PUBLISH, "/x", "1");
        Request second = Request.ofData(Request.Kind.PUBLISH, "/y", "1");
        server.happens(new Input.Submit(List.of(first, second)));
        server.answer(server.batch(), no(first, GONE) + "," + no(second, GONE));
        server.sent();
        server.handshook();
        assertEquals(List.of("subscribe /a {}", "publish /x", "publish /y"), server.sent());
    }

    @Test
    @Tag("C-138")
    void theSecondRefusalIsTheAnswer() {
        breakConnect();
        Request publish = server.publish("/x");
        server.answer(server.batch(), no(publish, GONE));
        server.handshook();
        server.answer(server.batch(), yes(subscribing()) + "," + no(publish, GONE));
        assertEquals(Outcome.REFUSED, server.failureOf(publish).outcome());
    }

    @Test
    void aSessionThatContinuesMakesTheRefusalTheAnswer() {
        Request publish = server.publish("/x");
        server.answer(server.batch(), no(publish, GONE));
        assertEquals(Outcome.REFUSED, server.failureOf(publish).outcome());
    }

    @Test
    void aClientThatEndsReportsThatItWasNotSent() {
        breakConnect();
        Request publish = server.publish("/x");
        server.answer(server.batch(), no(publish, GONE));
        server.happens(new Input.Abort());
        assertEquals(Outcome.NOT_SENT, server.failureOf(publish).outcome());
    }

    // A batch that is in flight when the server ends the session

    private List<Request> publishTogether(String... channels) {
        List<Request> all = List.of(channels).stream().map(each -> Request.ofData(Request.Kind.PUBLISH, each, "1"))
                .toList();
        server.happens(new Input.Submit(all));
        return all;
    }

    private List<Request> publishOverSocket(String... channels) {
        breakConnect();
        List<Request> all = publishTogether(channels);
        server.happens(new Input.Written(server.batch()));
        server.clear();
        return all;
    }

    private void assertSentInTheNextSession(List<String> publishes) {
        List<String> expected = new ArrayList<>(List.of("handshake", "subscribe /a {}"));
        expected.addAll(publishes);
        assertEquals(expected, server.sent());
    }

    @Test
    @Tag("C-138")
    void allThatSeveralFramesRefuseIsSentOnceMoreInItsOrder() {
        List<Request> all = publishOverSocket("/x", "/y", "/z");
        all.forEach(each -> server.push(no(each, GONE)));
        server.handshook();
        assertSentInTheNextSession(List.of("publish /x", "publish /y", "publish /z"));
        server.accept();
        assertTrue(all.stream().allMatch(server::isOver));
    }

    @Test
    @Tag("C-138")
    void framesThatComeAfterTheNextHandshakeDoNotEndItsSession() {
        List<Request> all = publishOverSocket("/x", "/y", "/z");
        server.push(no(all.getFirst(), GONE)).handshook();
        server.push(no(all.get(1), GONE).replace("}", ",'advice':{'reconnect':'handshake'}}"));
        server.push(no(all.getLast(), GONE));
        assertSentInTheNextSession(List.of("publish /x", "publish /y", "publish /z"));
    }

    @Test
    @Tag("C-138")
    void aFrameMaySayThatAMessageWasProcessedBefore() {
        List<Request> all = publishOverSocket("/x", "/y");
        server.push(no(all.getLast(), GONE)).push(yes(all.getFirst()));
        assertTrue(server.replied(all.getFirst()));
        server.handshook();
        assertSentInTheNextSession(List.of("publish /y"));
    }

    @Test
    @Tag("C-138")
    void anUnansweredPublishIsUnknownAndTheNextSessionContinues() {
        List<Request> all = publishOverSocket("/x", "/y");
        server.push(no(all.getFirst(), GONE)).handshook();
        assertEquals(List.of("handshake"), server.sent(), "one batch at a time");
        server.after(OrphanedBatches.GRACE);
        assertEquals(Outcome.UNKNOWN, server.failureOf(all.getLast()).outcome());
        assertEquals(List.of("subscribe /a {}", "publish /x"), server.sent());
    }

    @Test
    @Tag("C-138")
    void aSocketThatEndsAnswersNothingMore() {
        List<Request> all = publishOverSocket("/x", "/y");
        Exchange batch = server.batch();
        server.push(no(all.getFirst(), GONE));
        server.happens(new Input.ConnectionEnded(batch.connection(), LOST)).lose(batch);
        assertEquals(Outcome.UNKNOWN, server.failureOf(all.getLast()).outcome());
    }

    @Test
    @Tag("C-138")
    void aClientThatEndsWaitsForNoFrames() {
        List<Request> all = publishOverSocket("/x", "/y");
        server.push(no(all.getFirst(), GONE)).happens(new Input.Abort());
        assertEquals(Outcome.NOT_SENT, server.failureOf(all.getFirst()).outcome());
        assertEquals(Outcome.UNKNOWN, server.failureOf(all.getLast()).outcome());
    }

    @Test
    @Tag("C-138")
    void aPublishInFlightWhileTheConnectIsRefusedHasItsAnswer() {
        List<Request> all = publishTogether("/x", "/y");
        Exchange batch = server.batch();
        server.clear();
        newSession();
        assertEquals(List.of("handshake"), server.sent());
        server.answer(batch, event("/a", 9) + "," + no(all.getFirst(), GONE) + "," + yes(all.getLast()));
        assertTrue(server.replied(all.getLast()));
        assertEquals(List.of(), server.delivered(), "a session that has ended delivers nothing more");
        assertEquals(List.of("subscribe /a {}", "publish /x"), server.sent());
    }

    @Test
    @Tag("C-83")
    @Tag("C-138")
    void aRefusalOfTheSessionMayHaveNoChannel() {
        breakConnect();
        publishTogether("/x", "/y");
        server.clear();
        server.answer(server.batch(), "{'successful':false,'error':'402::session_unknown'}");
        server.handshook();
        assertSentInTheNextSession(List.of("publish /x", "publish /y"));
    }

    @Test
    @Tag("C-138")
    void aRefusalThatArrivesBeforeThatOfTheConnectAfterAFailureEndsTheSessionToo() {
        breakConnect();
        server.wakes();
        List<Request> all = publishTogether("/x", "/y");
        server.clear();
        server.answer(server.batch(), all.stream().map(each -> no(each, GONE)).collect(Collectors.joining(",")));
        server.handshook();
        assertSentInTheNextSession(List.of("publish /x", "publish /y"));
    }

    @Test
    @Tag("C-83")
    @Tag("C-138")
    void framesThatRefuseTheSessionMayHaveNoChannel() {
        List<Request> all = publishOverSocket("/x", "/y");
        all.forEach(each -> server
                .push("{'id':'%s','successful':false,'error':'402::session_unknown'}".formatted(each.id())));
        server.handshook();
        assertSentInTheNextSession(List.of("publish /x", "publish /y"));
    }

    @Test
    @Tag("C-83")
    @Tag("C-138")
    void framesThatRefuseTheSessionMayHaveNeitherChannelNorId() {
        List<Request> all = publishOverSocket("/x", "/y");
        all.forEach(each -> server.push("{'successful':false,'error':'402::session_unknown'}"));
        server.handshook();
        assertSentInTheNextSession(List.of("publish /x", "publish /y"));
    }

    @Test
    @Tag("C-35/T13")
    void aCallerWhoseReplyIsAwaitedAfterTheEndOfItsSessionFailsWithTheClient() {
        Request publish = server.publish("/x");
        server.answer(server.connect(),
                no(server.connect().requests().getFirst(), GONE).replace("}", ",'advice':{'reconnect':'handshake'}}"));
        assertFalse(server.isOver(publish));
        server.happens(new Input.Disconnect(0));
        assertTrue(server.isOver(publish));
    }

    @Test
    @Tag("C-138")
    void aPublishIsSentOnceMoreWhereTheRefusedUnsubscribeOfItsResponseEndsTheSession() {
        PlayedServer other = new PlayedServer(false, "{}");
        other.happens(new Input.Connect());
        Subscriber subscriber = other.subscribe("/b", null);
        other.handshook().happens(new Input.Leave(subscriber, false));
        Request publish = other.publish("/x");
        other.answerText(other.batch(), "[]");
        assertFalse(other.sent().contains("publish /x"), "nothing leaves before the subscriptions are restored");
        other.after(LONG).connected();
        // No connect is in flight that would tell of the end of the session.
        other.answer(other.connect(),
                "{'channel':'/meta/connect','id':'%s','successful':true,'advice':{'interval':1000}}"
                        .formatted(other.connect().id()));
        Request unsubscribe = other.batch().requests().getLast();
        other.answer(other.batch(), no(unsubscribe, GONE) + "," + no(publish, GONE));
        assertFalse(other.isOver(publish));
        other.clear();
        other.after(LONG).handshook();
        assertTrue(other.sent().contains("publish /x"));
    }
}
