package dev.bayeux.api.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks nothing. An {@code X509ExtendedTrustManager}, and not just an {@code X509TrustManager}, since the JDK adds the
 * check of the host's name to the latter by itself.
 */
final class TrustEverybody extends X509ExtendedTrustManager {

    /** One for all, so that clients can share connections. */
    static final SSLContext CONTEXT = context();

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new TrustEverybody()}, null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The JVM has no usable TLS.", unusable);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        // Accepts every certificate.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        // Accepts every certificate.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // Accepts every certificate.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // Accepts every certificate.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        // Accepts every certificate.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        // Accepts every certificate.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
