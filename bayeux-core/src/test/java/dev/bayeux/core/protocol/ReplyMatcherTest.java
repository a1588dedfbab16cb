package dev.bayeux.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import dev.bayeux.core.message.Request;
import dev.bayeux.core.message.Request.Kind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReplyMatcherTest {

    private final MessageReader reader = new MessageReader(Json.find());
    private final ReplyMatcher pending = new ReplyMatcher();
    private int lastId;

    private Request sent(Request request) {
        request.assignId(Integer.toString(++lastId));
        pending.add(request);
        return request;
    }

    private Request takeCallFor(String fields) {
        CallAnswers.Answered answered = pending.takeCallsFor(message(fields));
        assertTrue(answered.clear());
        return answered.calls().isEmpty() ? null : answered.calls().getFirst();
    }

    private Request publish(String channel) {
        return sent(Request.ofData(Kind.PUBLISH, channel, "1"));
    }

    private Request call(String channel) {
        return sent(Request.ofData(Kind.CALL, channel, "1"));
    }

    private Request subscribe(String channel) {
        return sent(Request.ofSubscription(Kind.SUBSCRIBE, channel));
    }

    private IncomingMessage message(String fields) {
        return reader.read("[{" + fields.replace('\'', '"') + "}]", "").messages().getFirst();
    }

    private Request answered(String fields, Request... ofExchange) {
        return pending.takeFor(message("'successful':true," + fields), List.of(ofExchange));
    }

    @Test
    @Tag("C-40")
    void repliesAreMatchedByIdNeverByPosition() {
        Request first = publish("/a");
        Request second = publish("/a");

        assertSame(second, answered("'channel':'/a','id':'2'"));
        assertSame(first, answered("'channel':'/a','id':1", first, second));
        assertNull(answered("'channel':'/a','id':'1'"), "each is answered once");
    }

    @Test
    @Tag("C-42")
    void idAndChannelMustAgree() {
        Request request = publish("/a");

        assertNull(answered("'channel':'/b','id':'1'", request));
        assertNull(answered("'channel':'/a','id':'2'", request));
        assertTrue(pending.contains(request));
        assertSame(request, answered("'channel':'/a','id':'1'"));
        assertFalse(pending.contains(request));
    }

    @Test
    @Tag("C-45")
    void missingIdElsewhereIsForTheOldestOfTheSameRequest() {
        Request other = subscribe("/a");
        Request first = subscribe("/a");
        Request second = subscribe("/b");

        assertSame(second, answered("'channel':'/meta/subscribe','subscription':'/b'", first, second));
        assertSame(first, answered("'channel':'/meta/subscribe'", first, second));
        assertNull(answered("'channel':'/meta/subscribe'", first, second), "all of that request are answered");
        assertTrue(pending.contains(other));
    }

    @Test
    @Tag("C-45")
    void aReplyWithoutIdAnswersNothingWithoutARequest() {
        subscribe("/a");

        assertNull(answered("'channel':'/meta/subscribe','subscription':'/a'"));
    }

    @Test
    @Tag("C-45")
    void missingIdElsewhereIsNotForPublishes() {
        Request request = publish("/a");

        assertNull(answered("'channel':'/a'", request));
    }

    @Test
    @Tag("C-45")
    void missingIdElsewhereIsNotLostForARefusedPublish() {
        Request request = publish("/a");

        assertSame(request, answered("'channel':'/a','successful':false,'error':'no'", request));
    }

    @Test
    void aForgottenRequestIsNotAnswered() {
        Request request = publish("/a");
        Request call = call("/service/s");
        pending.remove(request);
        pending.remove(call);
        pending.remove(call);

        assertNull(answered("'channel':'/a','id':'1'"));
        assertNull(takeCallFor("'channel':'/service/s','id':'2','data':1"));
    }

    @Test
    void knowsWhetherAnybodyWaitsForSomethingInIt() {
        subscribe("/b");
        assertFalse(pending.hasPublishes());
        Request request = publish("/a");
        Request call = call("/service/s");
        pending.remove(request);
        pending.remove(request);
        assertTrue(pending.hasPublishes());
        // The server has taken it; its answer is still to come.
        pending.add(call);
        pending.remove(call);
        assertFalse(pending.hasPublishes());
    }

    @Test
    void allAreForgottenWithTheirSession() {
        List<Request> all = List.of(publish("/a"), call("/service/s"), subscribe("/b"));

        assertEquals(all, pending.takeAll());
        assertFalse(pending.hasPublishes());
        assertFalse(pending.contains(all.getLast()));
        assertNull(takeCallFor("'channel':'/service/s','data':1"));
    }

    // Calls

    @Test
    @Tag("C-60")
    void remoteCallIsAnsweredByDataWithItsId() {
        Request first = call("/service/s");
        Request second = call("/service/s");

        assertSame(second, takeCallFor("'channel':'/service/s','id':'2','data':1"));
        assertSame(first, takeCallFor("'channel':'/service/s','id':'1','data':1"));
        assertNull(takeCallFor("'channel':'/service/s','id':'1','data':1"));
    }

    @Test
    @Tag("C-60")
    void aSuccessfulPublishReplyAloneDoesNotCompleteACall() {
        Request request = call("/service/s");

        assertSame(request, answered("'channel':'/service/s','id':'1'"));
        assertTrue(pending.contains(request));
        assertSame(request, takeCallFor("'channel':'/service/s','id':'1','data':1"));
    }

    @Test
    @Tag("C-60")
    void aFailedPublishReplyCompletesACall() {
        Request request = call("/service/s");

        assertSame(request, pending.takeFor(message("'channel':'/service/s','id':'1','successful':false"), null));
        assertFalse(pending.contains(request));
        assertNull(takeCallFor("'channel':'/service/s','data':1"));
    }

    @Test
    @Tag("C-60")
    void whereTwoCallsWaitAnAnswerWithoutIdIsUnclear() {
        List<Request> two = List.of(call("/service/s"), call("/service/s"));
        Request other = call("/service/t");

        CallAnswers.Answered answered = pending.takeCallsFor(message("'channel':'/service/s','data':1"));
        assertEquals(two, answered.calls());
        assertFalse(answered.clear());
        assertSame(other, takeCallFor("'channel':'/service/t','data':1"));
    }

    @Test
    void aServerThatHasAnsweredByIdIsTakenAtItsWord() {
        call("/service/s");
        takeCallFor("'channel':'/service/s','id':'1','data':1");
        Request second = call("/service/s");
        Request other = call("/service/t");

        assertNull(takeCallFor("'channel':'/service/s','data':'pushed'"));
        assertSame(other, takeCallFor("'channel':'/service/t','data':1"), "each channel for itself");
        assertSame(second, takeCallFor("'channel':'/service/s','id':'2','data':1"));
    }

    @Test
    void aLateAnswerToAnAbandonedCallAnswersNoOther() {
        pending.remove(call("/service/s"));
        Request second = call("/service/s");

        assertNull(takeCallFor("'channel':'/service/s','id':'1','data':'late'"));
        assertSame(second, takeCallFor("'channel':'/service/s','data':1"));
    }

    @Test
    @Tag("C-41")
    void aPublishIsNoCall() {
        publish("/service/s");

        assertNull(takeCallFor("'channel':'/service/s','id':'1','data':1"));
    }

    @Test
    @Tag("C-59")
    void anIdOnAnotherChannelIsNotForTheCall() {
        Request request = call("/service/s");

        assertNull(takeCallFor("'channel':'/service/t','id':'1','data':1"));
        assertTrue(pending.contains(request));
    }
}
