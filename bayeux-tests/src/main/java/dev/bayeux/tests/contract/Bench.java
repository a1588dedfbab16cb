package dev.bayeux.tests.contract;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.HeaderSource;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.Ending;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.ScriptedPeer;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What one test of the contract works with: a server, a provider, and everything that must be ended afterwards. */
final class Bench {

    /** No test waits for a request to reach this limit. */
    static final Duration LONG = Duration.ofSeconds(60);
    /** Tests wait for this one to be over. */
    static final Duration SHORT = Duration.ofMillis(200);
    /** The first limit of a request that is to be given up after it has arrived. */
    private static final Duration BRIEF = Duration.ofMillis(100);
    private static final int ATTEMPTS = 6;

    /** How long a broken transport may delay the next test. */
    private static final Duration CLEANING = Duration.ofMillis(100);

    final ScriptedPeer peer;
    final TransportProvider provider;
    final Duration patience;
    private final List<Transport> transports = new ArrayList<>();
    private final List<Sending> sendings = new ArrayList<>();
    private @Nullable Transport first;

    Bench(TransportContract contract) {
        peer = contract.newPeer();
        provider = contract.transportProvider();
        patience = contract.patience();
    }

    /** How a transport is opened. */
    final class Setup {

        private URI uri = peer.uri();
        private HeaderSource headers = Map::of;
        private CookieHandler cookies = new CookieManager();
        private Duration connectTimeout = LONG;
        private int maxReplyBytes = 16 << 20;

        Setup uri(URI other) {
            uri = other;
            return this;
        }

        Setup headers(HeaderSource other) {
            headers = other;
            return this;
        }

        Setup cookies(CookieHandler other) {
            cookies = other;
            return this;
        }

        Setup connectTimeout(Duration other) {
            connectTimeout = other;
            return this;
        }

        Setup maxReplyBytes(int other) {
            maxReplyBytes = other;
            return this;
        }

        Transport open() {
            Transport transport = provider.open(
                    new TransportContext("contract", uri, headers, cookies, connectTimeout, maxReplyBytes, NO_INBOX));
            transports.add(transport);
            return transport;
        }
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

    Setup setup() {
        return new Setup();
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
        Sending sending = new Sending(transport, new Batch(text, limit), patience);
        sendings.add(sending);
        return sending;
    }

    /**
     * Sends with a limit that is over soon, and waits for that. The server must not answer this request. If the limit is
     * over before the request has arrived, as on a busy machine, it tries a longer one.
     */
    GivenUp sendAndGiveUp(Transport transport) throws InterruptedException {
        int before = peer.requestCount();
        Duration limit = BRIEF;
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Sending sending = send(transport, "[]", limit);
            sending.succeeded();
            if (peer.requestCount() > before) {
                return new GivenUp(sending, request());
            }
            limit = limit.multipliedBy(2);
        }
        throw new AssertionError("Within %s no request has arrived.".formatted(limit));
    }

    /** A request that was given up by its limit, seen from both sides. */
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

    void close() throws InterruptedException {
        sendings.forEach(Sending::interrupt);
        // In the background: whether close ends is a rule of its own, and must not spoil the others.
        List<Thread> closing = transports.stream()
                .map(transport -> Thread.ofVirtual().name("test-close").start(transport::close)).toList();
        for (Thread thread : closing) {
            thread.join(CLEANING);
        }
        peer.close();
        peer.assertScriptWorked();
    }
}
