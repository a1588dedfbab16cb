package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.LOST;
import static dev.bayeux.core.protocol.PlayedServer.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.ClientEvent.AttemptFailed;
import dev.bayeux.api.ClientEvent.ReplayGap;
import dev.bayeux.api.ClientEvent.ReplayGap.Reason;
import dev.bayeux.api.ClientEvent.SessionRenewed;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.position.Position;
import dev.bayeux.core.message.Request.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A response that is lost may have carried deliveries. With positions and without acknowledgement only a new session
 * delivers them again (C-136).
 */
@Tag("C-136")
class LostResponseTest {

    private static final String REPLAY = "{'replay':true}";
    private static final List<String> FROM_THREE = List.of("handshake", "subscribe /a {\"replay\":{\"/a\":3}}");

    private static PlayedServer withPositions() {
        PlayedServer server = PlayedServer.connected(true, REPLAY, Position.TIP);
        server.connected(event("/a", 3));
        server.clear();
        return server;
    }

    /** Lets the client wait for what it waits for, and answers its handshake, if there is one. */
    private static List<String> nextSent(PlayedServer server) {
        if (server.core.wakeAtNs() != Long.MAX_VALUE) {
            server.wakes();
        }
        if (!server.connect().isOver() && server.connect().action() != null
                && server.connect().kind() == Kind.HANDSHAKE) {
            server.handshook();
        }
        return server.sent();
    }

    private static Arguments way(String name, Consumer<PlayedServer> loss) {
        return Arguments.of(name, loss);
    }

    static Stream<Arguments> losses() {
        return Stream.of(way("a connection that breaks", server -> server.lose(server.connect())),
                way("no answer in time",
                        server -> server.lose(server.connect(),
                                new TransportException(Problem.TIMED_OUT, "late", null))),
                way("a status of a gateway",
                        server -> server.lose(server.connect(), TransportException.ofStatus(504, null, "status 504"))),
                way("a text that is no JSON", server -> server.answerText(server.connect(), "<html>")),
                way("an empty response", server -> server.answerText(server.connect(), "[]")),
                way("a connection that is given up", server -> server.happens(new Input.CheckConnection())),
                way("a publish whose response is lost", server -> {
                    server.publish("/b");
                    server.lose(server.batch());
                }), way("a subscribe whose response is lost", server -> {
                    server.subscribe("/b", Position.TIP);
                    server.lose(server.batch());
                }), way("a socket that ends while nothing is asked", server -> {
                    server.connected("{'channel':'/x','data':1,'advice':{'interval':1000}}");
                    server.happens(new Input.ConnectionEnded(server.connect().connection(), LOST));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void leadsToASessionThatBeginsAtThePositions(String name, Consumer<PlayedServer> loss) {
        PlayedServer server = withPositions();
        loss.accept(server);
        List<String> sent = nextSent(server);

        assertTrue(sent.containsAll(FROM_THREE), sent::toString);
        assertEquals(1, sent.stream().filter("handshake"::equals).count(), sent::toString);
        assertTrue(server.told(SessionRenewed.class).isEmpty(), "the subscriptions are not restored yet");
        server.accept();
        assertFalse(server.told(SessionRenewed.class).isEmpty());
    }

    @Test
    void aConnectThatIsLostBeforeTheFirstSubscriptionEndsTheSessionToo() {
        PlayedServer server = new PlayedServer(true, REPLAY);
        server.happens(new Input.Connect()).handshook().connected();
        server.clear();
        server.lose(server.connect(), new TransportException(Problem.TIMED_OUT, "late", null));
        // The server may answer the lost connect late, with deliveries of a subscription that begins meanwhile.
        server.subscribe("/a", Position.TIP);
        assertEquals("handshake", nextSent(server).getFirst());
    }

    @Test
    void aSocketThatEndsBeforeTheNextConnectIsWrittenMayHaveLostDeliveries() {
        PlayedServer server = withPositions();
        server.happens(new Input.ConnectionEnded(server.connect().connection(), PlayedServer.LOST));
        server.happens(new Input.Writing(server.connect()));
        assertTrue(server.has(Effect.DropSilent.class), "or the next socket would bring what follows on them");
        assertTrue(nextSent(server).containsAll(FROM_THREE));
    }

    @Test
    void aSocketThatEndsBeforeTheTransportGetsTheNextConnectMayHaveLostDeliveries() {
        PlayedServer server = withPositions().keepsBack().connected();
        Exchange next = server.connect();
        server.happens(new Input.ConnectionEnded(next.connection(), PlayedServer.LOST));
        assertFalse(server.leaves(next), "or the next socket would bring what follows on them");
        assertTrue(nextSent(server).containsAll(FROM_THREE));
    }

    @Test
    void aSocketThatWasOpenedBeforeTheEndOfTheLastOneWasReportedIsClosed() {
        PlayedServer server = withPositions();
        server.happens(new Input.Writing(server.connect())).happens(new Input.Written(server.connect()));
        server.happens(new Input.ConnectionEnded(server.connect().connection(), PlayedServer.LOST));
        server.lose(server.connect());
        assertTrue(server.has(Effect.DropSilent.class), "or it would bring deliveries of both sessions");
    }

    @Test
    void aSocketThatAConnectOfTheSessionLeftIsWrittenToIsClosed() {
        PlayedServer server = withPositions();
        Exchange left = server.connect();
        server.answerText(left, "<html>");
        nextSent(server);
        server.clear();
        server.happens(new Input.Written(left));
        assertTrue(server.has(Effect.DropSilent.class), "or it would bring deliveries of both sessions");
    }

    @Test
    void theSocketOfTheOldSessionIsClosed() {
        PlayedServer server = withPositions();
        server.happens(new Input.Written(server.connect()));
        server.subscribe("/b", Position.TIP);
        server.happens(new Input.Written(server.batch()));
        server.clear();
        server.lose(server.batch());
        assertTrue(server.has(Effect.DropSilent.class), "or it would bring deliveries of both sessions");
    }

    @Test
    void pagesOfAProxyAreNotPassed() {
        PlayedServer server = withPositions();
        for (int n = 0; n < 5; n++) {
            server.answerText(server.connect(), "<html>");
            assertTrue(nextSent(server).containsAll(FROM_THREE), "whatever a proxy says, nothing is lost");
            server.accept();
        }
        assertEquals(List.of(), server.told(ReplayGap.class));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', textBlock = """
            [{'channel':'/a'                          | [{'channel':'/a','data':{}
            [                                         | [
            ''                                        | ''
            [{'channel                                | [{'channel
            [{'channel':'/meta/connect','id':'        | [{'channel':'/meta/connect','id':'
            [{'channel':'/a','data':{'event':{},'n':3 | [{'channel':'/a','data':{'event':{},'n':4
            """, quoteCharacter = '`')
    void anotherReplyThatIsCutOffIsNotPassed(String first, String second) {
        PlayedServer server = withPositions();
        server.answerText(server.connect(), first);
        nextSent(server);
        server.accept();
        server.answerText(server.connect(), second);
        assertTrue(nextSent(server).containsAll(FROM_THREE), "as a network cuts off one reply and another");
        assertEquals(List.of(), server.told(ReplayGap.class));
    }

    @Test
    void aBrokenMessageIsPassedWhateverFollowsIt() {
        PlayedServer server = withPositions();
        String broken = "[{'channel':'/a','data':{'n':[}},{'channel':'/a','data':%s}]";
        server.answerText(server.connect(), broken.formatted("1"));
        nextSent(server);
        server.accept().lose(server.connect());
        nextSent(server);
        server.accept().answerText(server.connect(), broken.formatted("1},{'channel':'/a','data':2"));
        assertEquals(List.of(Reason.UNREADABLE),
                server.told(ReplayGap.class).stream().map(ReplayGap::reason).toList());
    }

    @Test
    void theNextHandshakeWaitsForTheBackoff() {
        PlayedServer server = withPositions();
        server.lose(server.connect());
        assertEquals(List.of(), server.sent(), "no storm");
        assertEquals(1, server.told(AttemptFailed.class).size());
    }

    @Test
    void nothingThatComesLateIsTaken() {
        PlayedServer server = withPositions();
        Exchange lost = server.connect();
        server.happens(new Input.CheckConnection());
        server.clear();
        server.answer(lost, event("/a", 9));
        assertEquals(List.of(), server.delivered());
    }

    @Test
    void withoutAPositionTheProgramLearnsThatMessagesMayBeMissing() {
        PlayedServer server = PlayedServer.connected(true, REPLAY, Position.TIP);
        server.lose(server.connect());
        nextSent(server);
        assertEquals(List.of(Reason.UNKNOWN), server.told(ReplayGap.class).stream().map(ReplayGap::reason).toList());
    }

    @Test
    void aSuspendedClientContinuesWithAnotherSession() {
        PlayedServer server = withPositions();
        server.happens(new Input.Suspend()).happens(new Input.Resume());
        assertTrue(nextSent(server).containsAll(FROM_THREE));
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("nothing was sent", new TransportException(Problem.NOT_CONNECTED, "refused", null)),
                Arguments.of("the request was refused", TransportException.ofStatus(404, null, "status 404")),
                Arguments.of("no credentials", new HandshakeException(FailureKind.TRANSIENT, "none", null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void theSessionContinuesIfNothingCanBeLost(String name, BayeuxException failure) {
        PlayedServer server = withPositions();
        server.lose(server.connect(), failure);
        assertEquals(List.of("connect at once"), nextSent(server));
    }

    @Test
    void theSessionContinuesIfDeliveriesAreAcknowledged() {
        PlayedServer server = PlayedServer.connected(true, "{'replay':true,'ack':true}", Position.TIP);
        server.lose(server.connect());
        assertEquals(List.of("connect at once"), nextSent(server));
        server.happens(new Input.Suspend()).happens(new Input.Resume());
        assertEquals(List.of("connect at once"), nextSent(server));
    }

    @Test
    void theSessionContinuesWithoutPositions() {
        for (PlayedServer server : List.of(PlayedServer.connected(false, REPLAY, null),
                PlayedServer.connected(true, "{}", Position.TIP))) {
            server.lose(server.connect());
            assertEquals(List.of("connect at once"), nextSent(server));
        }
    }

    // A response that cannot be read, however often it is replayed

    static Stream<Arguments> unreadable() {
        return Stream.of(
                way("a reply that is no JSON",
                        server -> server.answerText(server.connect(), "[{\"channel\":\"/a\",\"data\":\"}]")),
                way("too many bytes", server -> server.lose(server.connect(),
                        new TransportException(Problem.TOO_LARGE, "too large", null))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void isPassedWhenItComesASecondTime(String name, Consumer<PlayedServer> comes) {
        PlayedServer server = withPositions();
        comes.accept(server);
        nextSent(server);
        server.accept();
        assertEquals(List.of(), server.told(ReplayGap.class));
        comes.accept(server);
        server.sent();

        assertEquals(List.of(Reason.UNREADABLE),
                server.told(ReplayGap.class).stream().map(ReplayGap::reason).toList());
        server.wakes();
        assertEquals(List.of("connect at once"), server.sent(), "the same session goes on");
        server.connected(event("/a", 5));
        assertEquals(1, server.delivered().size());
        server.lose(server.connect());
        assertTrue(nextSent(server).contains("subscribe /a {\"replay\":{\"/a\":5}}"));
    }

    @Test
    void deliveriesInBetweenShowThatItIsNotTheSame() {
        PlayedServer server = withPositions();
        server.answerText(server.connect(), "<html>");
        nextSent(server);
        server.accept().connected(event("/a", 4));
        server.answerText(server.connect(), "<html>");

        assertEquals(List.of(), server.told(ReplayGap.class));
        assertTrue(nextSent(server).contains("subscribe /a {\"replay\":{\"/a\":4}}"));
    }

    /** The response to the disconnect may have had deliveries before those that the last connect brings. */
    @Test
    void aSessionThatEndsTakesNoDeliveriesAfterALostResponse() {
        Input end = new Input.Disconnect(Duration.ofSeconds(5).toNanos());
        PlayedServer lost = withPositions();
        lost.happens(end).lose(lost.batch()).connected(event("/a", 5));
        assertEquals(List.of(), lost.delivered());
        assertTrue(lost.has(Effect.Close.class));

        PlayedServer answered = withPositions();
        answered.happens(end).accept().connected(event("/a", 5));
        assertEquals(1, answered.delivered().size());
    }
}
