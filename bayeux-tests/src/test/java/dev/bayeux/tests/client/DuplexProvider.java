package dev.bayeux.tests.client;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.api.spi.TransportProvider;
import dev.bayeux.http.LongPollingTransport;
import dev.bayeux.tests.server.MemoryServer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A full-duplex transport to a server in this virtual machine, as a WebSocket would be one: what is sent returns at
 * once, and whatever the server says arrives through the inbox, frame by frame.
 */
final class DuplexProvider implements TransportProvider {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final MemoryServer server;

    DuplexProvider(MemoryServer server) {
        this.server = server;
    }

    @Override
    public String name() {
        return "duplex";
    }

    @Override
    public String connectionType() {
        return "websocket";
    }

    @Override
    public FullDuplexTransport open(TransportContext context) {
        LongPollingTransport carrier = new LongPollingTransport(context, server.newExchanger());
        ReentrantLock oneFrameAtATime = new ReentrantLock();
        return new FullDuplexTransport() {

            private volatile boolean closed;
            /** Counts losses: what was sent before one is answered no more, as when a socket has ended. */
            private volatile int losses;

            @Override
            public void send(Batch batch) {
                if (closed) {
                    throw new TransportException(Problem.CLOSED, "closed", null);
                }
                int before = losses;
                Thread.ofVirtual().name("duplex-frame").start(() -> carry(batch, before));
            }

            private void carry(Batch batch, int before) {
                try {
                    String answer = carrier.exchange(new Batch(batch.text(), LONGEST));
                    oneFrameAtATime.lock();
                    try {
                        if (before == losses) {
                            context.inbox().received(answer);
                        }
                    } finally {
                        oneFrameAtATime.unlock();
                    }
                } catch (TransportException lost) {
                    oneFrameAtATime.lock();
                    try {
                        if (before == losses) {
                            losses = before + 1;
                            context.inbox().disconnected(lost);
                        }
                    } finally {
                        oneFrameAtATime.unlock();
                    }
                } catch (InterruptedException never) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void close() {
                closed = true;
                carrier.close();
            }
        };
    }
}
