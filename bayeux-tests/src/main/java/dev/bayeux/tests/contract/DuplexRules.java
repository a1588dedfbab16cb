package dev.bayeux.tests.contract;

import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.Held;
import dev.bayeux.tests.server.ReceivedRequest;
import dev.bayeux.tests.server.ScriptedPeer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;

/** Some rules of the contract for full-duplex carriers, about one theme, and what they work with. */
abstract class DuplexRules {

    static final String ANY = "[{\"channel\":\"/any\"}]";

    private final Opened opened = new Opened();
    private ScriptedPeer peer;
    private TransportProvider provider;
    private RecordingInbox inbox;
    private @Nullable Transport last;

    DuplexRules() {
    }

    /** The contract these rules are part of. */
    abstract FullDuplexContract contract();

    @BeforeEach
    final void setUp() {
        peer = contract().newPeer();
        provider = contract().transportProvider();
        inbox = new RecordingInbox(patience());
        // Says nothing by itself.
        peer.answerWith(request -> Answer.stall());
    }

    @AfterEach
    final void tearDown() throws InterruptedException {
        opened.close();
        peer.close();
        peer.assertScriptWorked();
    }

    final ScriptedPeer peer() {
        return peer;
    }

    final TransportProvider provider() {
        return provider;
    }

    final RecordingInbox inbox() {
        return inbox;
    }

    final Duration patience() {
        return contract().patience();
    }

    final TransportSetup setup() {
        return new TransportSetup(peer.uri(), inbox, this::open);
    }

    private Transport open(TransportContext context) {
        last = opened.add(provider.open(context));
        return last;
    }

    /** The transport that was opened last; one as usual, if there was none. */
    final Transport transport() {
        return last == null ? setup().open() : last;
    }

    final Sending send(String text) {
        return send(text, Bench.LONG);
    }

    final Sending send(String text, Duration limit) {
        return opened.add(Sending.write(transport(), new Batch(text, limit), patience()));
    }

    /** Waits for the next message at the server. */
    final ReceivedRequest arrived() throws InterruptedException {
        return peer.takeRequest(patience());
    }

    /** A batch has arrived at the server, over a connection that is open now. */
    final ReceivedRequest use() throws InterruptedException {
        send(ANY).done();
        return arrived();
    }

    /** What the server says when it is released, over the connection that is open now. */
    final Held toSay(Answer answer) throws InterruptedException {
        Held held = Answer.held(answer);
        peer.answer(held);
        use();
        return held;
    }

    /** The server says something unasked. */
    final void say(Answer answer) throws InterruptedException {
        toSay(answer).release();
    }

    /** The connection is lost once, and the next batch opens another one. */
    final void assertLostOnce(Problem problem) throws InterruptedException {
        inbox.assertEnd(problem);
        int before = peer.connectionCount();
        say(Answer.json("[\"again\"]"));
        Assertions.assertEquals("[\"again\"]", inbox.message());
        Assertions.assertEquals(before + 1, peer.connectionCount());
        inbox.assertEmpty();
    }

    final void close(Transport transport) throws InterruptedException {
        Closing.of(transport, patience());
    }
}
