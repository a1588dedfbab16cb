package dev.bayeux.cli.probe;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Records the certificate of the server. Another trust manager decides whether it is trusted. */
final class ServerCertificate {

    private volatile @Nullable X509Certificate seen;

    /** Returns when the first certificate of the server ends; empty if there was none, as without TLS. */
    Optional<Instant> expiry() {
        return Optional.ofNullable(seen).map(certificate -> certificate.getNotAfter().toInstant());
    }

    private void see(X509Certificate[] chain) {
        if (seen == null && chain.length > 0) {
            seen = chain[0];
        }
    }

    /** Returns a manager that records the certificate, and decides as another manager does. */
    X509ExtendedTrustManager watch(X509ExtendedTrustManager trust) {
        return new X509ExtendedTrustManager() {

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                    throws CertificateException {
                trust.checkClientTrusted(chain, type, socket);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                    throws CertificateException {
                see(chain);
                trust.checkServerTrusted(chain, type, socket);
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                    throws CertificateException {
                trust.checkClientTrusted(chain, type, engine);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                    throws CertificateException {
                see(chain);
                trust.checkServerTrusted(chain, type, engine);
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
                trust.checkClientTrusted(chain, type);
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
                see(chain);
                trust.checkServerTrusted(chain, type);
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return trust.getAcceptedIssuers();
            }
        };
    }
}
