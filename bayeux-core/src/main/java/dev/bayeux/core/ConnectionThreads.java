package dev.bayeux.core;

import dev.bayeux.core.exchange.Connections;
import dev.bayeux.core.exchange.OpenClient;
import dev.bayeux.core.extension.ExtensionChain;
import dev.bayeux.core.runtime.OwnedThreads;

/** The threads that connect, that close the connection, and that call extensions meanwhile. */
final class ConnectionThreads implements OwnedThreads {

    private final Connections connections;
    private final ExtensionChain extensions;

    ConnectionThreads(Connections connections, ExtensionChain extensions) {
        this.connections = connections;
        this.extensions = extensions;
    }

    @Override
    public boolean isCurrent() {
        OpenClient last = connections.last();
        return last != null && last.isCurrent() || extensions.isCurrent();
    }

    @Override
    public boolean awaitIdle(long deadlineNs) throws InterruptedException {
        OpenClient last = connections.last();
        return last == null || isCurrent() || connections.sender().isCurrent() || last.awaitClosed(deadlineNs);
    }

    @Override
    public void interrupt() {
        OpenClient last = connections.last();
        if (last != null) {
            last.abort();
        }
    }
}
