package dev.bayeux.cli.options;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks nothing. An {@code X509ExtendedTrustManager}, since the JDK adds the check of the host's name to other managers
 * by itself.
 */
final class TrustAll extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        // The user gave --insecure.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        // The user gave --insecure.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // The user gave --insecure.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // The user gave --insecure.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        // The user gave --insecure.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        // The user gave --insecure.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
