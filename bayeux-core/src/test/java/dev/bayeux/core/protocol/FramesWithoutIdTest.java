package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent.AttemptFailed;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over a full-duplex connection, a frame without an id answers only a request that was written: an empty array, an error without a
 * channel, a text that is not JSON.
 */
class FramesWithoutIdTest {

    private static final String REFUSAL = "{'successful':false,'error':'500::failed'}";

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);
    private int calls;

    @BeforeEach
    void theConnectIsHeld() {
        write(server.connect());
    }

    private Exchange write(Exchange exchange) {
        server.happens(new Input.Writing(exchange)).happens(new Input.Written(exchange));
        return exchange;
    }

    /** On a channel of its own, since calls on one channel leave one at a time. */
    private Request call() {
        calls++;
        Request request = Request.ofData(Kind.CALL, "/service/x" + calls, "1");
        server.happens(new Input.Submit(List.of(request)));
        return request;
    }

    private Request writtenCall() {
        Request request = call();
        write(server.batch());
        return request;
    }

    private boolean connectWaits() {
        return server.told(AttemptFailed.class).isEmpty() && !server.connect().isOver();
    }

    private void assertAnsweredBy(Request call, String answer) {
        server.push("{'channel':'%s','id':'%s','data':%s}".formatted(call.channel(), call.id(), answer));
        assertTrue(server.isOver(call));
    }

    // An empty array

    @Test
    @Tag("C-46")
    void anEmptyFrameIsTheReplyToTheConnectIfNothingElseWaits() {
        server.pushText("[]");
        assertFalse(connectWaits());
    }

    @Test
    void anEmptyFrameBeforeTheConnectWasWrittenAnswersNothing() {
        server.connected();
        server.pushText("[]");
        assertTrue(connectWaits());
    }

    @Test
    @Tag("C-46")
    void anEmptyFrameIsTheReplyToThePublishInFlight() {
        Request publish = server.publish("/x");
        write(server.batch());
        server.pushText("[]");
        assertEquals(Outcome.UNKNOWN, server.failureOf(publish).outcome());
        assertTrue(connectWaits());
    }

    /** A batch of calls ends when it is written, since their answers may come with any frame. */
    @Test
    @Tag("C-60")
    void anEmptyFrameIsTheReplyToTheCallsThatWereWrittenAndTheirAnswersAreToCome() {
        Request call = writtenCall();
        server.pushText("[]");
        assertTrue(connectWaits());
        assertFalse(server.isOver(call));
        assertAnsweredBy(call, "1");
    }

    @Test
    @Tag("C-60")
    void eachBatchOfCallsHasOneReply() {
        writtenCall();
        writtenCall();
        server.pushText("[]").pushText("[]");
        assertTrue(connectWaits());
        server.pushText("[]");
        assertFalse(connectWaits());
    }

    @Test
    @Tag("C-60")
    void aCallThatIsAcceptedOrAnsweredHasHadItsReply() {
        Request accepted = writtenCall();
        server.push(PlayedServer.yes(accepted));
        assertAnsweredBy(writtenCall(), "1");
        server.pushText("[]");
        assertFalse(connectWaits());
    }

    @Test
    @Tag("C-60")
    void anEmptyFrameDoesNotAnswerABatchThatIsNotWrittenYet() {
        Request first = writtenCall();
        Request second = call();
        Exchange waiting = server.batch();
        server.pushText("[]");
        assertFalse(waiting.isOver(), "its thread would not send it, and the call would wait for nothing");
        write(waiting);
        server.pushText("[]");
        assertTrue(connectWaits());
        assertAnsweredBy(second, "2");
        assertAnsweredBy(first, "1");
    }

    /** The frame may be here before the thread that writes is back. */
    @Test
    @Tag("C-60")
    void anEmptyFrameAnswersABatchThatIsBeingWritten() {
        Request call = call();
        Exchange batch = server.batch();
        server.happens(new Input.Writing(batch)).pushText("[]").happens(new Input.Written(batch));
        assertTrue(connectWaits());
        server.pushText("[]");
        assertFalse(connectWaits(), "the reply to the call has come");
        assertAnsweredBy(call, "1");
    }

    @Test
    @Tag("C-46")
    void anEmptyFrameOfTheNextSocketIsNoReplyToWhatTheLastOneCarried() {
        writtenCall();
        server.happens(new Input.ConnectionEnded(server.connect().connection(), PlayedServer.LOST))
                .lose(server.connect()).wakes();
        server.clear();
        write(server.connect());
        server.pushText("[]");
        assertFalse(connectWaits());
    }

    // An error without a channel

    @Test
    @Tag("C-83")
    void anErrorWithoutAChannelRefusesTheCallsThatWereWritten() {
        Request call = writtenCall();
        server.push(REFUSAL);
        assertEquals(Outcome.REFUSED, server.failureOf(call).outcome());
        assertTrue(connectWaits());
    }

    @Test
    @Tag("C-83")
    void anErrorWithoutAChannelRefusesTheCallWithItsId() {
        Request call = writtenCall();
        server.push(REFUSAL.replace("}", ",'id':'%s'}".formatted(call.id())));
        assertEquals(Outcome.REFUSED, server.failureOf(call).outcome());
        assertTrue(connectWaits());
    }

    // Elements that are no messages

    private static final List<String> NO_MESSAGES = List.of("{}", "[1]", "[{}]", "[null, {'successful':true}]");

    private static List<String> frames() {
        return NO_MESSAGES;
    }

    private static PlayedServer connecting() {
        PlayedServer connecting = new PlayedServer(false, "{}", List.of("websocket"));
        connecting.happens(new Input.Connect());
        connecting.subscribe("/a", null);
        return written(connecting, connecting.connect());
    }

    private static PlayedServer written(PlayedServer server, Exchange exchange) {
        return server.happens(new Input.Writing(exchange)).happens(new Input.Written(exchange));
    }

    private static void assertFails(PlayedServer server, String channel, String frame) {
        server.pushText(frame);
        assertEquals(List.of("The response of http://a.example/bayeux has no reply to the request on " + channel
                + ". Does a Bayeux server answer there?"),
                server.told(AttemptFailed.class).stream().map(failed -> failed.cause().getMessage()).toList());
    }

    @ParameterizedTest
    @MethodSource("frames")
    @Tag("C-46")
    void aFrameWithoutAnyMessageIsTheReplyToTheHandshake(String frame) {
        assertFails(connecting(), "/meta/handshake", frame);
    }

    @ParameterizedTest
    @MethodSource("frames")
    @Tag("C-46")
    void aFrameWithoutAnyMessageIsTheReplyToTheRequestsThatRestoreSubscriptions(String frame) {
        PlayedServer restoring = connecting().handshook();
        assertFails(written(restoring, restoring.batch()), "/meta/subscribe", frame);
    }

    @ParameterizedTest
    @MethodSource("frames")
    @Tag("C-46")
    void aFrameWithoutAnyMessageIsTheReplyToTheFirstConnect(String frame) {
        PlayedServer first = connecting().handshook().accept();
        assertFails(written(first, first.connect()), "/meta/connect", frame);
    }

    @ParameterizedTest
    @MethodSource("frames")
    @Tag("C-84")
    void aFrameWithoutAnyMessageAnswersNoConnectThatTheServerHolds(String frame) {
        server.pushText(frame);
        assertTrue(connectWaits());
    }

    @ParameterizedTest
    @MethodSource("frames")
    @Tag("C-46")
    void aFrameWithoutAnyMessageAnswersNoDisconnect(String frame) {
        server.happens(new Input.Disconnect(Duration.ofSeconds(5).toNanos()));
        server.connected();
        written(server, server.batch()).pushText(frame);
        assertFalse(server.batch().isOver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{'channel':'/x','data':1}]", "[{'channel':'/x','data':1},{}]",
            "[{'channel':'/meta/connect','successful':true,'id':'99'}]"})
    @Tag("C-84")
    void aMessageThatIsNoReplyToTheHandshakeDoesNotEndIt(String frame) {
        PlayedServer waiting = connecting().pushText(frame);
        assertEquals(List.of(), waiting.told(AttemptFailed.class));
    }

    // What is not written yet

    @ParameterizedTest
    @ValueSource(strings = {"[" + REFUSAL + "]", "<html>", "[{", "[]"})
    void noFrameConcernsAPublishThatIsNotWrittenYet(String frame) {
        Request publish = server.publish("/x");
        server.pushText(frame);
        assertFalse(server.isOver(publish));
        assertFalse(server.batch().isOver());
    }
}
