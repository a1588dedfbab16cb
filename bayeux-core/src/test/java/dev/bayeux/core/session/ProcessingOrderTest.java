package dev.bayeux.core.session;

import static dev.bayeux.api.ConnectionStatus.DISCONNECTED;
import static dev.bayeux.api.ConnectionStatus.REHANDSHAKING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.FailureKind;
import dev.bayeux.core.message.Fields;
import dev.bayeux.core.message.IncomingMessage;
import dev.bayeux.core.message.Reconnect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine takes the messages of one body in an order that considers all of them (C-137). */
@Tag("C-137")
class ProcessingOrderTest {

    private static final IncomingMessage END = Reply.neither().on(Fields.DISCONNECT, null);
    private static final Reply EXPIRED = Reply.no("401::Authentication invalid").reconnect(Reconnect.NONE);

    /** What the client makes of a body with a reply to its connect and a disconnect. */
    private static TestClient received(TestClient client, Reply reply, boolean disconnectFirst) {
        List<IncomingMessage> body = new ArrayList<>(
                List.of(END, reply.on(Fields.CONNECT, client.state().outstanding())));
        if (!disconnectFirst) {
            Collections.reverse(body);
        }
        List<String> actions = new ArrayList<>();
        ProcessingOrder.of(body).messages().forEach(message -> {
            client.happens(Fields.CONNECT.equals(message.channel())
                    ? new SessionEvent.ConnectAnswered(message, 0)
                    : new SessionEvent.ServerDisconnected(message));
            actions.addAll(client.names());
        });
        assertEquals(1, Collections.frequency(actions, "ReportFailure"), actions.toString());
        return client;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void credentialsAreAskedForWhereTheyAreRefusedBesideADisconnect(boolean disconnectFirst) {
        TestClient client = received(TestClient.connected(Settings.withCredentials()), EXPIRED, disconnectFirst);
        assertEquals(REHANDSHAKING, client.status());
        assertTrue(client.state().lastFailure().orElseThrow().getMessage().contains("401::Authentication invalid"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutCredentialsTheReasonIsTheRefusal(boolean disconnectFirst) {
        TestClient client = received(TestClient.connected(), EXPIRED, disconnectFirst);
        assertEquals(DISCONNECTED, client.status());
        assertEquals(FailureKind.AUTHENTICATION, client.state().lastFailure().orElseThrow().kind());
        assertTrue(client.state().lastFailure().orElseThrow().getMessage().contains("401::Authentication invalid"));
    }

    /** CometD answers the held connect so when one of its extensions ends the session. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionThatIsUnknownSinceTheServerEndedItIsNoOtherReason(boolean disconnectFirst) {
        TestClient client = received(TestClient.connected(), Reply.no("402::session_unknown").reconnect(Reconnect.NONE),
                disconnectFirst);
        assertEquals(DISCONNECTED, client.status());
        assertTrue(client.state().lastFailure().orElseThrow().getMessage().contains("/meta/disconnect"));
    }

    @Test
    void otherwiseADisconnectKeepsItsPlace() {
        TestClient client = received(TestClient.connected(), Reply.yes().reconnect(Reconnect.NONE), true);
        assertTrue(client.state().lastFailure().orElseThrow().getMessage().contains("/meta/disconnect"));
    }

    @Test
    @Tag("C-74")
    void allOthersKeepTheirOrderAndTheConnectIsLast() {
        IncomingMessage one = Reply.yes().on("/one", "1");
        IncomingMessage two = Reply.yes().on("/two", "2");
        IncomingMessage connect = Reply.yes().on(Fields.CONNECT, "c1");
        assertEquals(new ProcessingOrder(List.of(one, two, connect), 2),
                ProcessingOrder.of(List.of(one, connect, two)));
        assertEquals(new ProcessingOrder(List.of(one, two), 2), ProcessingOrder.of(List.of(one, two)));
    }

    @Test
    void aBodyThatHasItsOrderIsNotCopied() {
        IncomingMessage event = Reply.neither().on("/one", null);
        IncomingMessage connect = Reply.yes().on(Fields.CONNECT, "c1");
        IncomingMessage refused = Reply.no("500::x").on(Fields.CONNECT, "c2");
        List<IncomingMessage> kinds = List.of(event, connect, refused, END);
        for (int n = 0; n < 4 * 4 * 4; n++) {
            List<IncomingMessage> body = List.of(kinds.get(n % 4), kinds.get(n / 4 % 4), kinds.get(n / 16));
            ProcessingOrder order = ProcessingOrder.of(body);
            boolean same = order.messages() == body;
            assertTrue(same || body.contains(END) || !order.messages().equals(body), body::toString);
            List<IncomingMessage> last = order.messages().subList(order.before(), 3);
            assertTrue(last.stream().allMatch(each -> each == connect || each == refused
                    || each == END && body.contains(refused)), body::toString);
            assertTrue(Collections.disjoint(order.messages().subList(0, order.before()), List.of(connect, refused)),
                    body::toString);
        }
        assertEquals(0, ProcessingOrder.of(List.of()).before());
        assertEquals(2, ProcessingOrder.of(List.of(event, event, connect, connect)).before());
    }
}
