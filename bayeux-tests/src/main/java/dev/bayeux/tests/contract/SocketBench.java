package dev.bayeux.tests.contract;

import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Transport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.tests.server.Answer;
import dev.bayeux.tests.server.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one test of a full-duplex transport works with: a server that says nothing by itself, a provider, an inbox. */
final class SocketBench {

    /** No test waits for this limit to be over. */
    static final Duration LONG = Duration.ofSeconds(60);
    /** Tests wait for this one to be over. */
    static final Duration SHORT = Duration.ofMillis(200);

    private static final Duration CLEANING = Duration.ofMillis(100);

    final ScriptedServer peer = ScriptedServer.start();
    final TransportProvider provider;
    final Duration patience;
    final RecordingInbox inbox;
    private final List<Transport> transports = new ArrayList<>();
    private final List<SocketSending> sendings = new ArrayList<>();
    private @Nullable Transport first;

    SocketBench(FullDuplexContract contract) {
        provider = contract.transportProvider();
        patience = contract.patience();
        inbox = new RecordingInbox(patience);
        peer.answerWith(request -> Answer.stall());
    }

    TransportSetup setup() {
        return new TransportSetup(peer.uri(), inbox, this::open);
    }

    private Transport open(TransportContext context) {
        Transport transport = provider.open(context);
        transports.add(transport);
        first = transport;
        return transport;
    }

    /** The transport that was opened last; one as usual, if there was none. */
    Transport transport() {
        return first == null ? setup().open() : first;
    }

    SocketSending send(String text) {
        return send(text, LONG);
    }

    SocketSending send(String text, Duration limit) {
        return send(transport(), text, limit);
    }

    SocketSending send(Transport transport, String text, Duration limit) {
        SocketSending sending = new SocketSending(transport, new Batch(text, limit), patience);
        sendings.add(sending);
        return sending;
    }

    void close() throws InterruptedException {
        sendings.forEach(SocketSending::interrupt);
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
