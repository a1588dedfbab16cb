package dev.bayeux.tests.contract;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.ScriptedPeer;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What one test of the contract works with: a server, a provider, and everything that must be ended afterwards. */
final class Bench {

    /** No test waits for a request to reach this limit. */
    static final Duration LONG = Duration.ofSeconds(60);
    /** Tests wait for this one to be over; an answer that has begun has arrived by then. */
    static final Duration SHORT = Duration.ofMillis(200);
    /** A limit that is over when a request has arrived, but not yet answered. */
    static final Duration BRIEF = Duration.ofMillis(40);
    private static final int ATTEMPTS = 8;
    /** A broken transport makes all of them. */
    private static final int ATTEMPTS_IN_VAIN = 5;
    private static final String ATTEMPT = "[\"attempt";

    final ScriptedPeer peer;
    final TransportProvider provider;
    final Duration patience;
    /** What the peer puts around an answer to callback-polling. */
    private final int wrapper;
    private final Opened opened = new Opened();
    private @Nullable Transport first;
    private int attemptCount;

    Bench(TransportContract contract) {
        peer = contract.newPeer();
        provider = contract.transportProvider();
        patience = contract.patience();
        wrapper = contract.posts() ? 0 : "/**/jsonpcallback();".length();
    }

    private static final Inbox NO_INBOX = new Inbox() {

        @Override
        public void received(String text) {
            throw new AssertionError("A request and response transport has delivered to the inbox.");
        }

        @Override
        public void disconnected(TransportException reason) {
            throw new AssertionError("A request and response transport has told the inbox of a lost connection.");
        }
    };

    TransportSetup setup() {
        return new TransportSetup(peer.uri(), NO_INBOX, this::open);
    }

    private Transport open(TransportContext context) {
        return opened.add(provider.open(context
                .withMaxReplyBytes((int) Math.min(Integer.MAX_VALUE, (long) context.maxReplyBytes() + wrapper))));
    }

    /** The transport of tests that need only one, opened as usual. */
    Transport transport() {
        if (first == null) {
            first = setup().open();
        }
        return first;
    }

    Sending send(String text) {
        return send(transport(), text, LONG);
    }

    Sending send(Transport transport, String text) {
        return send(transport, text, LONG);
    }

    Sending send(Transport transport, String text, Duration limit) {
        return send(transport, new Batch(text, limit));
    }

    Sending send(Transport transport, Batch batch) {
        return opened.add(Sending.request(transport, batch, patience));
    }

    /** When a request is abandoned. */
    enum GiveUp {
        BEFORE_THE_ANSWER, WITHIN_THE_ANSWER
    }

    /**
     * Sends with a limit that is over soon, and waits for that. If the limit is over too early, as on a busy machine, it
     * tries again with a longer one. The requests of such attempts may arrive at any time, so no answers can be
     * prepared; all other requests are answered {@code ["fresh"]} from now on.
     *
     * @param when what must have happened when the limit is over
     * @param answers gives the answer to each attempt; it must not be whole before the limit
     */
    GivenUp sendAndGiveUp(Transport transport, GiveUp when, Supplier<? extends Answer> answers)
            throws InterruptedException {
        peer.answerWith(
                request -> request.text().startsWith(ATTEMPT) ? answers.get() : Answer.json("[\"fresh\"]"));
        Duration limit = when == GiveUp.BEFORE_THE_ANSWER ? BRIEF : SHORT;
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            String batch = "%s %d\"]".formatted(ATTEMPT, ++attemptCount);
            // What has begun in the first half has arrived before the limit, unless the machine is very busy.
            long halfwayNs = System.nanoTime() + limit.toNanos() / 2;
            Sending sending = send(transport, batch, limit);
            sending.succeeded();
            for (ReceivedRequest request : peer.requests()) {
                if (request.text().equals(batch)
                        && (when == GiveUp.BEFORE_THE_ANSWER || request.hadAnswerBegun(halfwayNs))) {
                    return new GivenUp(sending, request(batch));
                }
            }
            limit = limit.multipliedBy(2);
        }
        throw new AssertionError("Within %s no request has arrived.".formatted(limit));
    }

    /**
     * Sends with a short limit, and with a longer one if that is over before the answer has begun, as on a busy machine.
     *
     * @param answer gives the answer for a limit
     * @return whether one of the requests was answered
     */
    boolean succeedsWithSomeLimit(Transport transport, Function<Duration, Answer> answer) throws InterruptedException {
        return isAnsweredWithSomeLimit((limit, attempt) -> {
            Answer next = answer.apply(limit);
            peer.answerWith(request -> next);
            return send(transport, attempt, limit);
        });
    }

    /** Sends a text with a limit. */
    interface Attempt {

        Sending send(Duration limit, String text);
    }

    /** Whether one of several attempts is answered: the limit of each is twice as long, since the machine may be busy. */
    boolean isAnsweredWithSomeLimit(Attempt attempts) throws InterruptedException {
        Duration limit = SHORT;
        for (int attempt = 0; attempt < ATTEMPTS_IN_VAIN; attempt++) {
            if (attempts.send(limit, "%s %d\"]".formatted(ATTEMPT, ++attemptCount)).succeeded()) {
                return true;
            }
            limit = limit.multipliedBy(2);
        }
        return false;
    }

    /** A request that was abandoned at its limit, seen from both sides. */
    record GivenUp(Sending sending, ReceivedRequest request) {

        void assertTimedOut(Duration patience) throws InterruptedException {
            sending.assertProblem(Problem.TIMED_OUT);
            Assertions.assertEquals(Ending.LEFT_BY_CLIENT, request.awaitEnd(patience));
        }
    }

    /** Waits for the next request at the server. */
    ReceivedRequest request() throws InterruptedException {
        return peer.takeRequest(patience);
    }

    /** Waits for the request with this body; those before it are of no interest any more. */
    ReceivedRequest request(String batch) throws InterruptedException {
        ReceivedRequest request = request();
        while (!request.text().equals(batch)) {
            request = request();
        }
        return request;
    }

    void close() throws InterruptedException {
        opened.close();
        peer.close();
        peer.assertScriptWorked();
    }
}
