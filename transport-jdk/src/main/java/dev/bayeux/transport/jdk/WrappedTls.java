package dev.bayeux.transport.jdk;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS settings that are loaded when the first connection needs them, or that check another name than the one to which a
 * client connects.
 *
 * <p>An HTTP client loads the JVM's own settings when it is made: some 400 classes, and all trusted certificates. That takes
 * about a fifth of the start of a program that needs no TLS.
 */
final class WrappedTls extends SSLContextSpi {

    private final Supplier<SSLContext> wrapped;
    private final @Nullable String name;

    private WrappedTls(Supplier<SSLContext> wrapped, @Nullable String name) {
        this.wrapped = wrapped;
        this.name = name;
    }

    /** {@return the JVM's own settings, loaded at the first connection} */
    static SSLContext ofTheJvm() {
        return context(new WrappedTls(WrappedTls::loaded, null));
    }

    /**
     * {@return the same settings for connections to an IP address of a server; its certificate must be for the server's name}
     *
     * @param tls the settings
     * @param name the server's name
     */
    static SSLContext named(SSLContext tls, String name) {
        return context(new WrappedTls(() -> tls, name));
    }

    private static SSLContext context(WrappedTls settings) {
        return new SSLContext(settings, null, "Default") {
        };
    }

    private SSLContext real() {
        return wrapped.get();
    }

    /** The JVM makes it once and keeps it. */
    private static SSLContext loaded() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException unusable) {
            throw new IllegalStateException("The JVM has no usable TLS settings: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    protected void engineInit(KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted,
            @Nullable SecureRandom random) throws KeyManagementException {
        throw new KeyManagementException("It is initialized already.");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return real().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return real().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return real().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return real().createSSLEngine(name == null ? host : name, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return real().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return real().getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return real().getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return real().getSupportedSSLParameters();
    }
}
