package dev.bayeux.cli.options;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts every certificate. Extends {@code X509ExtendedTrustManager}, because the JDK adds its check of the host name
 * to any other trust manager.
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
