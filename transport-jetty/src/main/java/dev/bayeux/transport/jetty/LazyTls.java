package dev.bayeux.transport.jetty;

import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Jetty's TLS settings, loaded when the first connection needs them. For a client of servers without TLS, which needs them
 * only if one of them redirects to a server with TLS.
 */
final class LazyTls extends SslContextFactory.Client {

    private final ReentrantLock loading = new ReentrantLock();
    private boolean loaded;

    @Override
    protected void doStart() {
        // Loaded by the first connection instead.
    }

    @Override
    protected void doStop() throws Exception {
        if (loaded) {
            super.doStop();
        }
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        loading.lock();
        try {
            if (!loaded) {
                super.doStart();
                loaded = true;
            }
        } catch (Exception unusable) {
            throw new IllegalStateException("The JVM has no usable TLS settings: " + unusable.getMessage(), unusable);
        } finally {
            loading.unlock();
        }
        return super.newSSLEngine(host, port);
    }
}
