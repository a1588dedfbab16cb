package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.event;
import static dev.bayeux.core.protocol.PlayedServer.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent.ReceivingPaused;
import dev.bayeux.api.ClientEvent.ReceivingResumed;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import dev.bayeux.core.session.SessionAction.SendConnect;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the core sends, delivers and completes when the program, the server and the clock do this or that. */
class ProtocolTableTest {

    private static final TransportException TOO_LONG = TransportException.ofStatus(413, null, "status 413");
    /** More than a queue may keep the server waiting. */
    private static final Duration PAUSE = Duration.ofSeconds(11);

    private static PlayedServer connected() {
        return PlayedServer.connected(false, "{}", null);
    }

    private static List<Request> publishes(String... channels) {
        return List.of(channels).stream().map(channel -> Request.ofData(Kind.PUBLISH, channel, "1")).toList();
    }

    private static String connectReply(PlayedServer server, int ack) {
        return "{'channel':'/meta/connect','id':'%s','successful':true,'ext':{'ack':%d}}"
                .formatted(server.connect().id(), ack);
    }

    // A full queue

    @Test
    @Tag("C-87")
    void aFullQueueHoldsTheNextConnectBackUntilItHasRoom() {
        PlayedServer server = connected();
        Subscriber slow = server.subscribe("/slow", null);
        server.accept().clear();
        server.happens(new Input.QueueFull(slow)).connected(event("/slow", 1));
        assertEquals(List.of(), server.sent());
        assertEquals(1, server.told(ReceivingPaused.class).size());

        server.happens(new Input.QueueHasRoom(slow));
        assertEquals(List.of("connect"), server.sent());
        assertEquals(1, server.told(ReceivingResumed.class).size());
    }

    @Test
    @Tag("C-87")
    void aSubscriberThatLeavesHoldsNothingBack() {
        PlayedServer server = connected();
        Subscriber slow = server.subscribe("/slow", null);
        server.accept().happens(new Input.QueueFull(slow)).connected().clear();
        server.happens(new Input.Leave(slow, false));
        assertTrue(server.sent().contains("connect"));
    }

    @Test
    @Tag("C-87")
    void aSubscriberThatTheServerRefusesHoldsNothingBack() {
        PlayedServer server = connected();
        Subscriber slow = server.subscribe("/slow", null);
        server.happens(new Input.QueueFull(slow));
        server.answer(server.batch(), PlayedServer.no(server.batch().requests().getFirst(), "403::no"));
        server.clear();
        server.connected();
        assertEquals(List.of("connect"), server.sent());
    }

    @Test
    @Tag("C-48")
    void publishesLeaveWhileTheConnectIsHeldBack() {
        PlayedServer server = connected();
        Subscriber slow = server.subscribe("/slow", null);
        server.accept().happens(new Input.QueueFull(slow)).connected().clear();
        server.publish("/b");
        assertEquals(List.of("publish /b"), server.sent());
    }

    @Test
    @Tag("C-113")
    @Tag("C-114")
    void afterTheLongestPauseWhatFindsNoRoomIsNeitherTakenNorAcknowledged() {
        PlayedServer server = PlayedServer.connected(false, "{'ack':true}", null);
        Subscriber slow = server.subscribe("/slow", null);
        server.accept();
        server.answer(server.connect(), connectReply(server, 7));
        server.happens(new Input.QueueFull(slow));
        server.answer(server.connect(), connectReply(server, 8));
        server.clear();
        server.after(PAUSE);
        assertEquals(List.of("connect"), server.sent());
        Exchange forced = server.connect();

        server.answer(forced, event("/slow", 1) + "," + connectReply(server, 9));
        assertEquals(List.of(), server.delivered());
        server.happens(new Input.QueueHasRoom(slow));
        SendConnect next = (SendConnect) server.connect().action();
        assertNotNull(next);
        assertEquals(8L, next.acknowledged(), "the server sends the rest once more");
        server.answer(server.connect(), event("/slow", 1) + "," + connectReply(server, 9));
        assertEquals(1, server.delivered().size());
    }

    /** A connect that had to be sent although the queue is full; the server has acknowledged up to 8. */
    private static PlayedServer forced(Subscriber[] slow) {
        PlayedServer server = PlayedServer.connected(false, "{'ack':true}", null);
        slow[0] = server.subscribe("/slow", null);
        server.accept();
        server.answer(server.connect(), connectReply(server, 7));
        server.happens(new Input.QueueFull(slow[0]));
        server.answer(server.connect(), connectReply(server, 8));
        server.clear();
        return server.after(PAUSE);
    }

    @Test
    @Tag("C-113")
    @Tag("C-114")
    void aDeliveryOfACutOffReplyThatFoundNoRoomIsTakenWhenItIsRedelivered() {
        Subscriber[] slow = new Subscriber[1];
        PlayedServer server = forced(slow);
        server.breakOff(server.connect(), event("/slow", 1));
        assertEquals(List.of(), server.delivered());

        server.happens(new Input.QueueHasRoom(slow[0])).after(PAUSE);
        server.answer(server.connect(), event("/slow", 1) + "," + connectReply(server, 9));
        assertEquals(1, server.delivered().size());
    }

    @Test
    @Tag("C-114")
    void aDeliveryOfACutOffReplyIsNotDeliveredAgainAfterARefusal() {
        PlayedServer server = PlayedServer.connected(false, "{'ack':true}", null);
        Subscriber slow = server.subscribe("/slow", null);
        server.accept();
        server.answer(server.connect(), connectReply(server, 7));
        server.breakOff(server.connect(), event("/slow", 1));
        assertEquals(1, server.delivered().size());
        server.happens(new Input.QueueFull(slow)).after(PAUSE).after(PAUSE);
        server.answer(server.connect(), event("/slow", 1) + "," + event("/slow", 2) + "," + connectReply(server, 9));

        server.happens(new Input.QueueHasRoom(slow)).after(PAUSE);
        server.clear();
        server.answer(server.connect(), event("/slow", 1) + "," + event("/slow", 2) + "," + connectReply(server, 9));
        assertEquals(1, server.delivered().size(), () -> server.delivered().toString());
    }

    @Test
    @Tag("C-85")
    @Tag("C-114")
    void deliveriesOfAnAbandonedReplyAreTakenWhenTheyAreRedelivered() {
        PlayedServer server = PlayedServer.connected(false, "{'ack':true}", null);
        server.subscribe("/slow", null);
        server.accept();
        server.answer(server.connect(), connectReply(server, 7));
        Exchange abandoned = server.connect();
        MessageReader.Reading reading = server.brokenOff(event("/slow", 1));
        CutOffReply.Taking taking = server.read(reading);
        server.lose(abandoned);
        server.happens(Input.Received.of(abandoned, abandoned.connection(), taking.messages(), reading).with(taking));
        assertEquals(List.of(), server.delivered());

        server.after(PAUSE);
        server.answer(server.connect(), event("/slow", 1) + "," + connectReply(server, 9));
        assertEquals(1, server.delivered().size());
    }

    @Test
    @Tag("C-113")
    @Tag("C-114")
    void ofALongReplyEverythingIsRefusedOrNothing() {
        Subscriber[] slow = new Subscriber[1];
        PlayedServer server = forced(slow);
        Exchange forced = server.connect();
        Input.Received reply = server.received(forced,
                event("/slow", 1) + "," + event("/slow", 2) + "," + connectReply(server, 9));
        server.happens(reply.slice(0, 1));
        server.happens(new Input.QueueHasRoom(slow[0]));
        server.happens(reply.slice(1, 3));

        assertEquals(List.of(), server.delivered());
        assertEquals(8L, ((SendConnect) server.connect().action()).acknowledged());
    }

    // Replies

    /** The reply, in the response to the publish on /b or pushed; then whether it answers the publish. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
            "{'channel':'/b','id':'%s','successful':true}; true; true",
            "{'channel':'/b','id':'%s','successful':false,'error':'403::no'}; true; true",
            "{'channel':'/c','id':'%s','successful':true}; false; false",
            "{'channel':'/b','id':'999','successful':true}; false; false",
            "{'channel':'/b','successful':false,'error':'403::no'}; true; false",
            "{'channel':'/b','successful':true}; false; false",
            "{'channel':'/c','successful':true}; false; false",
            "{'channel':'/b','id':'%s','data':{}}; false; false"})
    @Tag("C-40")
    @Tag("C-41")
    @Tag("C-42")
    @Tag("C-45")
    void aReplyIsMatchedByIdAndChannelAndARefusalWithoutIdWithinItsResponse(String reply, boolean inResponse,
            boolean pushed) {
        PlayedServer server = connected();
        Request request = server.publish("/b");
        String text = reply.replace("%s", request.id());
        assertEquals(pushed, server.push(text).isOver(request));

        PlayedServer other = connected();
        List<Request> both = publishes("/b", "/d");
        other.happens(new Input.Submit(both));
        Exchange batch = other.batch();
        other.answer(batch, reply.replace("%s", both.getFirst().id()));
        // A response that answers a part leaves out the replies to the others (C-46).
        assertTrue(both.stream().allMatch(other::isOver));
        assertEquals(inResponse, other.replied(both.getFirst()));
        assertFalse(other.replied(both.getLast()));
    }

    @Test
    @Tag("C-47")
    void answeredPublishesAreNotUnknownWhenTheFirstReplyEndsTheSession() {
        PlayedServer server = connected();
        List<Request> all = publishes("/1", "/2", "/3");
        server.happens(new Input.Submit(all));
        server.answer(server.batch(),
                "{'channel':'/1','id':'%s','successful':false,'error':'500::no','advice':{'reconnect':'handshake'}},%s,%s"
                        .formatted(all.getFirst().id(), yes(all.get(1)), PlayedServer.no(all.get(2), "403::no")));
        assertEquals(Outcome.REFUSED, server.failureOf(all.getFirst()).outcome());
        assertTrue(server.replied(all.get(1)));
        assertEquals(Outcome.REFUSED, server.failureOf(all.get(2)).outcome());
        assertTrue(server.sent().contains("handshake"));
    }

    // Batches

    @Test
    @Tag("C-53")
    @Tag("C-50")
    void aBatchThatIsTooLongLeavesInHalvesInOrder() {
        PlayedServer server = connected();
        List<Request> all = publishes("/1", "/2", "/3", "/4", "/5");
        server.happens(new Input.Submit(all));
        assertEquals(5, server.sent().size());
        server.lose(server.batch(), TOO_LONG);
        assertEquals(List.of("publish /1", "publish /2"), server.sent());
        server.accept();
        assertEquals(List.of("publish /3", "publish /4", "publish /5"), server.sent());
        server.lose(server.batch(), TOO_LONG);
        assertEquals(List.of("publish /3"), server.sent());
        server.lose(server.batch(), TOO_LONG);
        assertEquals(List.of("publish /4", "publish /5"), server.sent());
        server.accept();

        assertTrue(all.stream().allMatch(server::isOver));
        assertEquals(TOO_LONG, server.failureOf(all.get(2)).getCause(), "alone it is too long");
        String text = String.valueOf(server.failureOf(all.get(2)).getMessage());
        assertTrue(text.contains("send less in one message") && !text.contains("maxRequestBytes"), text);
    }

    @Test
    void postponedMessagesFailAsNotSentUnlessTheyAreInFlight() {
        PlayedServer server = connected();
        List<Request> all = publishes("/1", "/2");
        server.happens(new Input.Submit(all));
        assertEquals(2, server.sent().size());
        server.lose(server.batch(), TOO_LONG);
        assertEquals(List.of("publish /1"), server.sent());
        server.happens(new Input.Postpone(all, TOO_LONG));
        assertEquals(Outcome.NOT_SENT, server.failureOf(all.getLast()).outcome());
        assertEquals(TOO_LONG, server.failureOf(all.getLast()).getCause());
        assertFalse(server.isOver(all.getFirst()));
        server.accept();
        assertTrue(server.replied(all.getFirst()));
        assertEquals(List.of(), server.sent());
    }

    @Test
    @Tag("C-53")
    @Tag("C-56")
    void anAbandonedMessageIsInNoHalfOfASplitBatch() {
        PlayedServer server = connected();
        List<Request> all = publishes("/1", "/2", "/3", "/4");
        server.happens(new Input.Submit(all));
        server.happens(new Input.Withdraw(all.getFirst(), true)).clear();
        server.lose(server.batch(), TOO_LONG);
        server.happens(new Input.Withdraw(all.getLast(), true)).accept();
        assertTrue(server.core.answer(), "its caller hears that it was not sent");
        assertEquals(List.of("publish /2", "publish /3"), server.sent());
    }

    @Test
    @Tag("C-71")
    void aSubscribeRequestThatARestorationHasReplacedIsNotSentAgain() {
        PlayedServer server = new PlayedServer(false, "{}");
        server.happens(new Input.Connect());
        server.subscribe("/a", null);
        server.publish("/1");
        server.handshook();
        Exchange inFlight = server.batch();
        assertEquals(2, inFlight.requests().size());
        server.happens(new Input.Suspend()).happens(new Input.Resume());
        server.clear();
        server.lose(inFlight, TOO_LONG);
        while (!server.batch().isOver()) {
            server.accept();
        }
        List<String> sent = server.sent();
        assertEquals(1, sent.stream().filter(each -> each.startsWith("subscribe /a")).count(), sent::toString);
    }

    @ParameterizedTest
    @MethodSource("unprocessed")
    @Tag("C-59")
    void noAnswerIsOwedToAnAbandonedCallThatTheServerHasNotProcessed(BayeuxException failure) {
        PlayedServer server = connected();
        Request first = Request.ofData(Kind.CALL, "/service/s", "1");
        server.happens(new Input.Submit(List.of(first, Request.ofData(Kind.PUBLISH, "/1", "1"))));
        server.happens(new Input.Withdraw(first, true));
        server.lose(server.batch(), failure);
        server.accept();
        Request second = Request.ofData(Kind.CALL, "/service/s", "2");
        server.happens(new Input.Submit(List.of(second)));
        server.answer(server.batch(), "{'channel':'/service/s','data':'answer'}");
        assertTrue(server.isOver(second), "the answer is its own");
    }

    static Stream<Arguments> unanswered() {
        return Stream.of(
                way("the server refuses it", (server, call) -> server.answer(server.batch(),
                        PlayedServer.no(call, "500::no"))),
                way("the server refuses it without an id", (server, call) -> server.answer(server.batch(),
                        "{'channel':'/service/s','successful':false}")),
                way("its session is lost", (server, call) -> {
                    server.accept().answer(server.connect(),
                            PlayedServer.no(server.connect().requests().getFirst(), "402::session_unknown")).wakes();
                    server.handshook().accept().connected();
                }));
    }

    private static Arguments way(String name, BiConsumer<PlayedServer, Request> ends) {
        return Arguments.of(name, ends);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unanswered")
    @Tag("C-60")
    void noAnswerIsOwedToAnAbandonedCallThatWillHaveNone(String name, BiConsumer<PlayedServer, Request> ends) {
        PlayedServer server = connected();
        Request first = Request.ofData(Kind.CALL, "/service/s", "1");
        server.happens(new Input.Submit(List.of(first)));
        server.happens(new Input.Withdraw(first, true));
        ends.accept(server, first);
        Request second = Request.ofData(Kind.CALL, "/service/s", "2");
        server.happens(new Input.Submit(List.of(second)));
        server.answer(server.batch(), "{'channel':'/service/s','data':'answer'}");
        assertTrue(server.isOver(second), "the answer is its own");
    }

    static Stream<BayeuxException> unprocessed() {
        return Stream.of(TOO_LONG, new TransportException(Problem.NOT_CONNECTED, "not sent", null));
    }

    @Test
    @Tag("C-56")
    void aBatchThatFailsInAnotherWayIsNotSentTwice() {
        PlayedServer server = connected();
        List<Request> all = publishes("/1", "/2");
        server.happens(new Input.Submit(all));
        server.clear();
        server.lose(server.batch());
        assertEquals(List.of(), server.sent());
        all.forEach(each -> assertEquals(Outcome.UNKNOWN, server.failureOf(each).outcome()));
    }

    @Test
    @Tag("C-48")
    @Tag("C-51")
    void messagesSubmittedDuringABatchLeaveTogetherAfterIt() {
        PlayedServer server = connected();
        IntStream.range(0, 4).forEach(n -> server.publish("/" + n));
        assertEquals(List.of("publish /0"), server.sent());
        server.accept();
        assertEquals(List.of("publish /1", "publish /2", "publish /3"), server.sent());
    }

    // The end

    @Test
    @Tag("C-35/T12")
    @Tag("C-35/T14")
    @Tag("C-35/T20")
    void aDisconnectIsTheLastRequestAndItsAnswerClosesTheConnection() {
        PlayedServer server = connected();
        server.happens(new Input.Disconnect(Duration.ofSeconds(5).toNanos()));
        assertEquals(List.of("disconnect /meta/disconnect"), server.sent());
        assertEquals(Outcome.NOT_SENT, server.failureOf(server.publish("/b")).outcome());
        assertFalse(server.has(Effect.Close.class));

        server.answer(server.batch(), yes(server.batch().requests().getFirst()));
        server.connected();
        assertTrue(server.has(Effect.Close.class));
        assertEquals(List.of(), server.sent());
    }

    @Test
    @Tag("C-35/T17")
    void aClosedClientNeverConnectsAgain() {
        PlayedServer server = connected();
        server.happens(new Input.Close()).happens(new Input.Disconnect(0)).happens(new Input.Abort());
        assertTrue(server.has(Effect.Close.class));
        server.clear();
        server.happens(new Input.Connect());
        assertEquals(List.of(), server.sent());
        assertFalse(server.has(Effect.Open.class));
        assertEquals(Long.MAX_VALUE, server.core.wakeAtNs());
    }

    @Test
    @Tag("C-35/T13")
    @Tag("C-35/T19")
    void aPublishThatWaitedForASessionFailsAsNotSentWhenNoneIsWanted() {
        PlayedServer server = new PlayedServer(false, "{}");
        server.happens(new Input.Connect());
        Request waiting = server.publish("/b");
        assertEquals(List.of("handshake"), server.sent());
        server.happens(new Input.Disconnect(0)).happens(new Input.Abort());
        assertEquals(Outcome.NOT_SENT, server.failureOf(waiting).outcome());
        assertEquals(List.of(), server.sent());
    }
}
