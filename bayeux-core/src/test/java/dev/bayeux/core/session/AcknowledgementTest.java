package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Json;
import dev.bayeux.core.message.MessageReader;
import jakarta.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {

    private final Json json = Json.find();

    private JsonObject ext(String text) {
        return json.parse(text.replace('\'', '"')).asJsonObject();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"{'ack':true};0", "{'ack':{'enabled':true,'batch':3}};3",
            "{'ack':{'enabled':true}};0", "{'ack':{'enabled':true,'batch':'3'}};0"})
    @Tag("C-115")
    void handshakeReplyGivesTheFirstNumber(String ext, long expected) {
        assertEquals(expected, Acknowledgement.agreed(ext(ext)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'ack':false}", "{'ack':'true'}", "{'ack':1}", "{'ack':{}}",
            "{'ack':{'enabled':false,'batch':3}}", "{'ack':null}", "{'ack':[true]}"})
    @Tag("C-115")
    void anythingElseIsNo(String ext) {
        assertNull(Acknowledgement.agreed(ext(ext)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"{'ack':6};6", "{'ack':9};9", "{'ack':2};2", "{};5",
            "{'ack':'6'};5", "{'ack':true};5"})
    @Tag("C-113")
    void numberOfTheLastReplyCountsAsItIs(String ext, long expected) {
        assertEquals(expected, Acknowledgement.received(live(5L), ext(ext)).acknowledged());
    }

    @Test
    @Tag("C-115")
    void withoutAgreementNoNumberCounts() {
        assertNull(Acknowledgement.received(live(null), ext("{'ack':6}")).acknowledged());
    }

    @ParameterizedTest
    @CsvSource({"TOO_LARGE, 5, true", "TOO_LARGE, , false", "LOST, 5, false"})
    @Tag("C-114")
    void replyThatWouldBeTooLargeForEverEndsTheSession(Problem problem, Long acknowledged, boolean anew) {
        SessionState state = SessionState.initial(1, 0).in(live(acknowledged));
        Transition next = new SessionMachine(TestClient.SETTINGS).step(state,
                new SessionEvent.Lost("c2", new TransportException(problem, "of the transport", null)), 0);

        assertEquals(anew ? ConnectionStatus.REHANDSHAKING : ConnectionStatus.RECONNECTING, next.state().status());
        assertTrue(next.actions().get(anew ? 1 : 0) instanceof SessionAction.ReportFailure);
        // The server would keep the session, which it takes for a client that is away.
        assertEquals(anew, next.actions().contains(new SessionAction.EndAbandonedSession("c1", "long-polling", 0)));
    }

    /** Of the first reply and the second: only a broken message that comes again would come for ever. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[{'channel':'/a','data':{'n':[}}] | [{'channel':'/a','data':{'n':[}}] | true",
            "[{'channel':'/a','data':{'n':[}}] | [{'channel':'/a','data':{'n':[}},{'channel':'/b','data':1}] | true",
            "[{'data':{'n':[}},'channel':'/a'] | [{'data':{'n':[}},'channel':'/a'] | true",
            "[{'channel':'/a','data':{'n':[}}] | [{'channel':'/a','data':{'m':[}}] | false",
            "[{'channel':'/a','data':{'n':1    | [{'channel':'/a','data':{'n':1,'m' | false",
            "[{'channel':'/meta/connect','id'  | [{'channel':'/meta/connect','id' | false",
            "[{'channel':'/a','successful':tr  | [{'channel':'/a','successful':tr | false",
            "<html>|<html>|false", "[|[|false", "``|``|false"})
    @Tag("C-114")
    void aBrokenMessageThatComesAgainEndsTheSession(String first, String second, boolean anew) {
        SessionMachine machine = new SessionMachine(TestClient.SETTINGS);
        SessionState state = machine.step(SessionState.initial(1, 0).in(live(5L)),
                new SessionEvent.Lost("c2", unreadable(first)), 0).state();
        assertEquals(ConnectionStatus.RECONNECTING, state.status());
        state = state.in(live(5L));
        assertEquals(anew ? ConnectionStatus.REHANDSHAKING : ConnectionStatus.RECONNECTING,
                machine.step(state, new SessionEvent.Lost("c2", unreadable(second)), 0).state().status());
    }

    private BayeuxException unreadable(String text) {
        return Objects.requireNonNull(new MessageReader(json).read(text.replace('\'', '"'), "websocket").failure());
    }

    private static Phase.Live live(Long acknowledged) {
        return new Phase.Live(ConnectionStatus.CONNECTED, "c1", "long-polling", acknowledged, true, 0,
                new Phase.Asking("c2", 0));
    }
}
