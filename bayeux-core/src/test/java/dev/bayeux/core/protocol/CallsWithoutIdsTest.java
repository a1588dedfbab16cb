package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.PublishException.Outcome;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Hold;
import dev.bayeux.core.message.Request.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service whose answers carry no id, as those of CometD's {@code ServerSession.deliver}: a call gets its own answer or none,
 * and calls that cannot be distinguished do not leave together.
 */
@Tag("C-59")
@Tag("C-60")
class CallsWithoutIdsTest {

    private static final String SERVICE = "/service/x";
    private static final int MOST_HELD = 1000;

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    private Request call() {
        return call(SERVICE);
    }

    private Request call(String channel) {
        Request request = Request.ofData(Kind.CALL, channel, "1");
        server.happens(new Input.Submit(List.of(request)));
        return request;
    }

    /** The server takes the batch in flight; the answers are to come. */
    private void accept() {
        while (!server.batch().isOver()) {
            server.accept();
        }
    }

    private void answer(String data) {
        server.push("{'channel':'%s','data':'%s'}".formatted(SERVICE, data));
    }

    private void answerById(Request call) {
        server.push("{'channel':'%s','id':'%s','data':'own'}".formatted(call.channel(), call.id()));
    }

    private void giveUp(Request call) {
        server.happens(new Input.Withdraw(call, true));
    }

    private boolean wasHeld(Request call) {
        giveUp(call);
        return server.core.answer();
    }

    /** The channel is known to have answers without ids. */
    private void answered() {
        Request call = call();
        accept();
        answer("1");
        assertEquals("1", server.answerTo(call));
        server.clear();
    }

    // One at a time

    @Test
    void aCallWaitsForTheAnswerToTheOneBefore() {
        Request first = call();
        Request second = call();
        Request third = call();
        accept();
        assertEquals(List.of("call /service/x"), server.sent());
        assertEquals(Hold.EARLIER_CALL, second.hold());
        answer("1");
        assertEquals("1", server.answerTo(first));
        assertEquals(List.of("call /service/x"), server.sent());
        assertTrue(second.isSent() && !third.isSent());
        assertNull(second.hold());
        accept();
        answer("2");
        accept();
        answer("3");
        assertEquals(List.of("2", "3"), List.of(server.answerTo(second), server.answerTo(third)));
    }

    @Test
    void callsThatAreSubmittedTogetherLeaveOneByOneAsWell() {
        server.happens(new Input.Submit(List.of(Request.ofData(Kind.CALL, SERVICE, "1"),
                Request.ofData(Kind.CALL, SERVICE, "2"), Request.ofData(Kind.CALL, "/service/y", "3"))));
        assertEquals(List.of("call /service/x", "call /service/y"), server.sent());
    }

    @Test
    void messagesOnOtherChannelsOvertakeACallThatIsHeld() {
        call();
        accept();
        call();
        server.clear();
        server.publish("/a");
        call("/service/y");
        accept();
        assertEquals(List.of("publish /a", "call /service/y"), server.sent());
        assertFalse(server.core.view().isSettled());
    }

    @Test
    void allLeaveTogetherOnceAnAnswerHasShownTheIdOfItsCall() {
        Request first = call();
        accept();
        List<Request> held = Stream.generate(this::call).limit(3).toList();
        server.clear();
        answerById(first);
        assertEquals(List.of("call /service/x", "call /service/x", "call /service/x"), server.sent());
        assertEquals(held, server.batch().requests(), "in their order");
        call();
        accept();
        assertEquals(List.of("call /service/x"), server.sent());
    }

    @Test
    void aRefusalLetsTheNextCallLeave() {
        Request first = call();
        Request second = call();
        server.answer(server.batch(), PlayedServer.no(first, "500::no"));
        assertTrue(second.isSent());
    }

    @Test
    void whenTheNextCallIsGivenUpTheOneAfterItLeaves() {
        Request first = call();
        Request second = call();
        Request third = call();
        server.publish("/a");
        // The second call is queued once more, and the batch in flight has no reply yet.
        answer("1");
        assertTrue(wasHeld(second));
        accept();
        accept();
        assertTrue(server.isOver(first) && third.isSent());
    }

    @Test
    void heldCallsFailWithTheEndOfTheSessionAsNotSent() {
        call();
        Request held = call();
        server.happens(new Input.Disconnect(0)).happens(new Input.Abort());
        assertEquals(Outcome.NOT_SENT, server.failureOf(held).outcome());
    }

    @Test
    void aHeldCallLeavesInTheNextSession() {
        call();
        accept();
        Request held = call();
        server.answer(server.connect(),
                PlayedServer.no(server.connect().requests().getFirst(), "402::session_unknown")).wakes();
        server.handshook().accept().connected();
        assertTrue(held.isSent());
        accept();
        answer("own");
        assertEquals("own", server.answerTo(held));
    }

    @Test
    void asManyCallsAreHeldAsMayBeQueuedAndTakeNoRoomFromPublishes() {
        call();
        accept();
        for (int n = 0; n < MOST_HELD; n++) {
            call();
        }
        PublishException tooMany = server.failureOf(call());
        assertEquals(Outcome.NOT_SENT, tooMany.outcome());
        assertEquals("Not sent to /service/x: too many calls wait. " + Hold.EARLIER_CALL.text(), tooMany.getMessage());
        assertTrue(server.publish("/a").isSent());
    }

    // Calls that have ended without their answer

    static Stream<Arguments> ends() {
        return Stream.of(
                way("its caller has given it up", (test, call) -> {
                    test.accept();
                    test.giveUp(call);
                }),
                way("its caller has given it up before the reply", (test, call) -> {
                    test.giveUp(call);
                    test.accept();
                }),
                way("its batch is lost", (test, call) -> test.server.lose(test.server.batch())),
                way("the reply cannot be read",
                        (test, call) -> test.server.answerText(test.server.batch(), "<html>")));
    }

    private static Arguments way(String name, BiConsumer<CallsWithoutIdsTest, Request> ends) {
        return Arguments.of(name, ends);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void theNextCallWaitsForTheAnswerThatIsStillOwed(String name, BiConsumer<CallsWithoutIdsTest, Request> ends) {
        answered();
        ends.accept(this, call());
        Request next = call();
        assertEquals(Hold.LATE_ANSWER, next.hold());
        assertFalse(next.isSent());
        answer("late");
        assertFalse(server.isOver(next));
        accept();
        answer("own");
        assertEquals("own", server.answerTo(next));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void whereNoAnswerHasArrivedYetTheNextCallLeavesAndMayShowAnId(String name,
            BiConsumer<CallsWithoutIdsTest, Request> ends) {
        Request lost = call();
        ends.accept(this, lost);
        Request next = call();
        accept();
        answerById(next);
        assertEquals("own", server.answerTo(next));
        assertTrue(call().isSent() && call().hold() == null, "nothing is owed where answers have ids");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void whereTheFirstAnswerMayBelongToEitherTheCallFails(String name, BiConsumer<CallsWithoutIdsTest, Request> ends) {
        ends.accept(this, call());
        Request next = call();
        accept();
        answer("of either");
        PublishException unclear = server.failureOf(next);
        assertEquals(Outcome.UNKNOWN, unclear.outcome());
        assertTrue(unclear.getMessage().contains("has no id, and may belong to an earlier call"),
                unclear.getMessage());
        Request held = call();
        assertEquals(Hold.LATE_ANSWER, held.hold());
        answer("of the other");
        accept();
        answer("own");
        assertEquals("own", server.answerTo(held));
    }

    @Test
    void aLateAnswerWithItsIdShowsThatAnswersHaveIds() {
        Request late = call();
        accept();
        giveUp(late);
        answerById(late);
        Request next = call();
        Request another = call();
        assertTrue(next.isSent());
        accept();
        assertTrue(another.isSent());
    }

    @Test
    void callsAfterAnAnswerThatNeverComesAreHeldAndNeverSent() {
        answered();
        Request lost = call();
        accept();
        giveUp(lost);
        server.clear();
        IntStream.range(0, 3).forEach(n -> assertTrue(wasHeld(call())));
        assertEquals(List.of(), server.sent());
        assertTrue(server.core.view().isSettled());
    }

    @Test
    void aNewSessionOwesNothing() {
        answered();
        Request lost = call();
        accept();
        giveUp(lost);
        Request next = call();
        server.answer(server.connect(),
                PlayedServer.no(server.connect().requests().getFirst(), "402::session_unknown")).wakes();
        server.handshook().accept().connected();
        accept();
        answer("own");
        assertEquals("own", server.answerTo(next));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallThatIsRefusedAfterItsCallerHasGivenUpOwesNothing(boolean pushed) {
        answered();
        Request refused = call();
        giveUp(refused);
        Request next = call();
        String no = PlayedServer.no(refused, "500::no");
        if (pushed) {
            server.push(no);
            accept();
        } else {
            server.answer(server.batch(), no);
        }
        assertTrue(next.isSent());
    }

    @Test
    void anAnswerThatAnExtensionDropsHasArrived() {
        answered();
        Request call = call();
        accept();
        server.answerDropped(null, "{'channel':'/service/x','data':'dropped'},{'channel':'/a','data':1}", SERVICE);
        assertEquals(Outcome.UNKNOWN, server.failureOf(call).outcome());
        assertTrue(call().isSent());
    }

    @Test
    void anAnswerThatCannotBeReadHasArrived() {
        answered();
        Request call = call();
        accept();
        server.pushText("[{'channel':'/service/x','data':Infinity}]");
        assertEquals(Outcome.UNKNOWN, server.failureOf(call).outcome());
        assertTrue(call().isSent());
    }

    @Test
    void whatIsPushedWhereNoCallWaitsSaysNothingAboutAnswers() {
        answer("pushed");
        Request lost = call();
        accept();
        giveUp(lost);
        assertTrue(call().isSent());
    }

    @Test
    void theOldestOfManyChannelsAreForgotten() {
        for (int n = 0; n < 1100; n++) {
            Request call = call("/service/" + n);
            accept();
            answerById(call);
        }
        call("/service/1099");
        accept();
        assertNull(call("/service/1099").hold());
        accept();
        call("/service/0");
        accept();
        assertNotNull(call("/service/0").hold());
    }

    // Whatever happens

    /** Answers in any order, late or never; abandoned calls; lost batches. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noCallGetsTheAnswerToAnother(long seed) {
        Random random = new Random(seed);
        List<Request> waiting = new ArrayList<>();
        List<Request> unanswered = new ArrayList<>();
        int completed = 0;
        for (int step = 0; step < 600; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> waiting.add(call());
                case 2 -> {
                    if (!waiting.isEmpty() && random.nextInt(4) == 0) {
                        giveUp(waiting.remove(random.nextInt(waiting.size())));
                    }
                }
                case 3 -> {
                    if (server.hasBatch() && !server.batch().isOver()) {
                        unanswered.addAll(server.batch().requests());
                        if (random.nextInt(8) == 0) {
                            server.lose(server.batch());
                        } else {
                            server.accept();
                        }
                    }
                }
                default -> {
                    Collections.shuffle(unanswered, random);
                    if (!unanswered.isEmpty()) {
                        answer(unanswered.removeLast().id());
                    }
                }
            }
            for (Request each : List.copyOf(waiting)) {
                if (server.isOver(each)) {
                    waiting.remove(each);
                    String answer = server.answerTo(each);
                    assertTrue(answer == null || answer.equals(each.id()), () -> each.id() + " got " + answer);
                    completed += answer == null ? 0 : 1;
                }
            }
        }
        assertTrue(completed > 20, "calls that completed: " + completed);
    }
}
