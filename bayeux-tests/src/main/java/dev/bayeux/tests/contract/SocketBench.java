package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one test of a full-duplex transport works with: a server that says nothing by itself, a provider, an inbox. */
final class SocketBench {

    final ScriptedServer peer = ScriptedServer.start();
    final TransportProvider provider;
    final Duration patience;
    final RecordingInbox inbox;
    private final Opened opened = new Opened();
    private @Nullable Transport last;

    SocketBench(WebSocketContract contract) {
        provider = contract.transportProvider();
        patience = contract.patience();
        inbox = new RecordingInbox(patience);
        peer.answerWith(request -> Answer.stall());
    }

    TransportSetup setup() {
        return new TransportSetup(peer.uri(), inbox, this::open);
    }

    private Transport open(TransportContext context) {
        last = opened.add(provider.open(context));
        return last;
    }

    /** The transport that was opened last; one as usual, if there was none. */
    Transport transport() {
        return last == null ? setup().open() : last;
    }

    Sending send(String text) {
        return send(text, Bench.LONG);
    }

    Sending send(String text, Duration limit) {
        return send(transport(), text, limit);
    }

    Sending send(Transport transport, String text, Duration limit) {
        return opened.add(Sending.write(transport, new Batch(text, limit), patience));
    }

    void close() throws InterruptedException {
        opened.close();
        peer.close();
        peer.assertScriptWorked();
    }
}
