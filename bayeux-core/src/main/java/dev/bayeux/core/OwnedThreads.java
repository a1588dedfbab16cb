package dev.bayeux.core;

import dev.bayeux.core.delivery.Worker;
import dev.bayeux.core.exchange.BatchSender;
import dev.bayeux.core.exchange.Connections;
import dev.bayeux.core.exchange.OpenClient;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.loop.ClientLoop;

/** Adapts each kind of thread to {@link ClientThreads}. */
final class OwnedThreads {

    private OwnedThreads() {
    }

    /** The one thread of a worker. */
    static ClientThreads.Owned of(Worker worker) {
        return new ClientThreads.Owned() {
            @Override
            public boolean isCurrent() {
                return worker.isCurrent();
            }

            @Override
            public boolean awaitEnd(long deadlineNs) throws InterruptedException {
                return worker.awaitIdle(deadlineNs);
            }

            @Override
            public void interrupt() {
                worker.interrupt();
            }
        };
    }

    /** The threads that send batches. */
    static ClientThreads.Owned of(BatchSender sender) {
        return new ClientThreads.Owned() {
            @Override
            public boolean isCurrent() {
                return sender.isCurrent();
            }

            @Override
            public boolean awaitEnd(long deadlineNs) throws InterruptedException {
                return sender.awaitIdle(deadlineNs);
            }

            @Override
            public void interrupt() {
                sender.interrupt();
            }
        };
    }

    /** The threads that connect, that close the connection, and that call extensions meanwhile. */
    static ClientThreads.Owned of(Connections connections, ExtensionChain extensions) {
        return new ClientThreads.Owned() {
            @Override
            public boolean isCurrent() {
                OpenClient last = connections.last();
                return last != null && last.isCurrent() || extensions.isCurrent();
            }

            @Override
            public boolean awaitEnd(long deadlineNs) throws InterruptedException {
                OpenClient last = connections.last();
                return last == null || isCurrent() || connections.sender().isCurrent()
                        || last.awaitClosed(deadlineNs);
            }

            @Override
            public void interrupt() {
                OpenClient last = connections.last();
                if (last != null) {
                    last.abort();
                }
            }
        };
    }

    /** The thread that completes the futures of the outbox. */
    static ClientThreads.Owned of(OutboxResults results) {
        return new ClientThreads.Owned() {
            @Override
            public boolean isCurrent() {
                return results.isCurrent();
            }

            @Override
            public boolean awaitEnd(long deadlineNs) throws InterruptedException {
                results.close(deadlineNs);
                return true;
            }

            @Override
            public void interrupt() {
                results.interrupt();
            }
        };
    }

    /** The timer. */
    static ClientThreads.Owned of(ClientLoop loop) {
        return new ClientThreads.Owned() {
            @Override
            public boolean isCurrent() {
                return false;
            }

            @Override
            public boolean awaitEnd(long deadlineNs) throws InterruptedException {
                return loop.awaitTimer(deadlineNs);
            }

            @Override
            public void interrupt() {
                // The timer of a disconnected client ends by itself.
            }
        };
    }
}
