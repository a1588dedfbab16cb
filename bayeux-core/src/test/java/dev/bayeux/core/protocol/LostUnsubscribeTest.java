package dev.bayeux.core.protocol;

import static dev.bayeux.core.protocol.PlayedServer.no;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.core.message.Request;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that has not processed an unsubscribe request delivers what no subscriber wants, so the request is retried. */
@Tag("C-70")
class LostUnsubscribeTest {

    private static final List<String> UNSUBSCRIBE = List.of("unsubscribe /meta/unsubscribe");
    private static final TransportException UNSENT = new TransportException(Problem.NOT_PREPARED, "No socket.", null);
    /** Longer than the longest backoff. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private final PlayedServer server = PlayedServer.connected(false, "{}", null);

    @BeforeEach
    void closeTheSubscription() {
        Subscriber closed = server.subscribe("/b", null);
        server.accept();
        server.clear();
        server.happens(new Input.Leave(closed, false));
        assertEquals(UNSUBSCRIBE, server.sent());
    }

    static Stream<BayeuxException> neverSent() {
        return Stream.of(UNSENT, new HandshakeException(FailureKind.TRANSIENT, "No token.", null),
                new HeldBackException("signer", "/meta/unsubscribe", new IllegalStateException("no key")));
    }

    /** An extension that fails may succeed later, but one that holds the request back on purpose means it. */
    @Test
    @Tag("C-117")
    void whatAnExtensionHoldsBackOnPurposeIsRetriedAFewTimes() {
        HeldBackException onPurpose = new HeldBackException("filter", "/meta/unsubscribe", null);
        for (int n = 1; n < UnsubscribeRetries.MOST_IGNORED; n++) {
            server.lose(server.batch(), onPurpose).wakes();
            assertEquals(UNSUBSCRIBE, server.sent());
        }
        server.lose(server.batch(), onPurpose).after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @ParameterizedTest
    @MethodSource("neverSent")
    void anUnsentUnsubscribeIsRetriedUntilItIsAnswered(BayeuxException failure) {
        for (int n = 0; n < 2 * UnsubscribeRetries.MOST_IGNORED; n++) {
            server.lose(server.batch(), failure);
            assertEquals(List.of(), server.sent(), "a failure that comes at once makes no storm");
            server.wakes();
            assertEquals(UNSUBSCRIBE, server.sent());
        }
        server.accept().after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void aRequestThatTheServerIgnoresIsRetriedAFewTimes() {
        for (int n = 1; n < UnsubscribeRetries.MOST_IGNORED; n++) {
            server.lose(server.batch()).wakes();
            assertEquals(UNSUBSCRIBE, server.sent());
        }
        server.lose(server.batch()).after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void theEndOfALaterSubscriptionIsRetriedAsOftenAsThatOfTheFirst() {
        server.lose(server.batch());
        Subscriber later = server.subscribe("/b", null);
        assertEquals(List.of("unsubscribe /meta/unsubscribe", "subscribe /b {}"), server.sent());
        server.lose(server.batch()).happens(new Input.Leave(later, false));
        for (int n = 0; n < UnsubscribeRetries.MOST_IGNORED; n++) {
            assertEquals(UNSUBSCRIBE, server.sent());
            server.lose(server.batch()).wakes();
        }
        server.after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void theLossOfAnEarlierRequestDoesNotCountAgainstTheEndOfALaterSubscription() {
        Exchange lost = server.batch();
        server.happens(new Input.Leave(server.subscribe("/b", null), false));
        server.lose(lost);
        assertEquals(List.of("subscribe /b {}", "unsubscribe /meta/unsubscribe"), server.sent());
        Exchange later = server.batch();
        server.after(LONG);
        assertEquals(List.of(), server.sent(), "the end of the later subscription is awaited");
        server.lose(later);
        for (int n = 1; n < UnsubscribeRetries.MOST_IGNORED; n++) {
            server.wakes();
            assertEquals(UNSUBSCRIBE, server.sent());
            server.lose(server.batch());
        }
        server.after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void aRequestIsRetriedUntilTheConnectionWorks() {
        server.lose(server.connect());
        for (int n = 0; n < 2 * UnsubscribeRetries.MOST_IGNORED; n++) {
            server.lose(server.batch()).after(LONG);
            assertTrue(server.sent().containsAll(UNSUBSCRIBE));
            server.lose(server.connect());
        }
    }

    @Test
    void aRequestThatTheServerRefusesIsNotRetried() {
        server.answer(server.batch(), no(server.batch().requests().getFirst(), "400::channel_missing"));
        server.after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void theLostRequestPrecedesTheNextSubscribeRequest() {
        server.lose(server.batch());
        server.subscribe("/b", null);
        assertEquals(List.of("unsubscribe /meta/unsubscribe", "subscribe /b {}"), server.sent());
        server.accept().after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void aSubscribeRequestThatWaitsForTheReplyLeavesAfterTheRequestThatIsRetried() {
        Exchange lost = server.batch();
        server.subscribe("/b", null);
        assertEquals(List.of(), server.sent());
        server.lose(lost);
        assertEquals(List.of(), server.sent(), "a failure that comes at once makes no storm");
        server.wakes();
        assertEquals(List.of("unsubscribe /meta/unsubscribe", "subscribe /b {}"), server.sent());
        server.accept().after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void aSubscriptionThatTheServerAcceptsBesideALostReplyIsNotEnded() {
        server.lose(server.batch());
        server.subscribe("/b", null);
        server.sent();
        Request subscribe = server.batch().requests().getLast();
        server.answer(server.batch(), PlayedServer.yes(subscribe));
        server.after(LONG);
        assertEquals(List.of(), server.sent());
    }

    @Test
    void aNewSessionKnowsNoneOfIt() {
        server.lose(server.batch());
        server.answer(server.connect(), no(server.connect().requests().getFirst(), "402::session_unknown").replace("}",
                ",'advice':{'reconnect':'handshake'}}"));
        server.handshook();
        assertEquals(List.of("handshake", "subscribe /a {}"), server.sent());
        server.accept().after(LONG);
        assertEquals(List.of("connect at once"), server.sent());
    }

    @Test
    void anotherRestorationInTheSameSessionDoesNotReplaceIt() {
        PlayedServer restoring = new PlayedServer(false, "{}");
        restoring.happens(new Input.Connect());
        restoring.subscribe("/a", null);
        restoring.handshook();
        restoring.happens(new Input.Leave(restoring.subscribe("/b", null), false));
        restoring.sent();
        restoring.lose(restoring.batch(), UNSENT).wakes().connected();
        assertEquals(List.of("connect at once", "subscribe /a {}", "unsubscribe /meta/unsubscribe"), restoring.sent());
        restoring.lose(restoring.batch(), UNSENT).after(LONG).connected();
        assertEquals(List.of("connect at once", "subscribe /a {}", "unsubscribe /meta/unsubscribe"), restoring.sent());
        restoring.accept().after(LONG);
        assertEquals(List.of("connect"), restoring.sent());
    }
}
