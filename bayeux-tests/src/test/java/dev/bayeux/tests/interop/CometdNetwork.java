package dev.bayeux.tests.interop;

import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.http.HttpSettings.Version;
import dev.bayeux.tests.server.TestCertificate;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What a CometD server speaks, and how clients are set for it. */
public enum CometdNetwork {

    PLAIN(false, false), TLS(true, false), HTTP2(true, true), HTTP2_PLAIN(false, true);

    private final boolean secure;
    private final boolean newer;
    private final HttpSettings settings;

    CometdNetwork(boolean secure, boolean newer) {
        this.secure = secure;
        this.newer = newer;
        HttpSettings trusting = secure
                ? HttpSettings.DEFAULT.withTls(TestCertificate.trusting(TestCertificate.localhost()))
                : HttpSettings.DEFAULT;
        settings = newer ? trusting.withVersion(Version.HTTP_2) : trusting;
    }

    boolean isSecure() {
        return secure;
    }

    /** How clients are set; the same each time, so that they can share connections. */
    HttpSettings settings() {
        return settings;
    }

    /** What the server's port understands; HTTP/1.1 always. */
    ConnectionFactory[] protocols() {
        HttpConfiguration http = new HttpConfiguration();
        HttpConnectionFactory older = new HttpConnectionFactory(http);
        if (!secure) {
            return newer
                    ? new ConnectionFactory[]{older, new HTTP2CServerConnectionFactory(http)}
                    : new ConnectionFactory[]{older};
        }
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(TestCertificate.localhost().context());
        if (!newer) {
            return new ConnectionFactory[]{new SslConnectionFactory(tls, older.getProtocol()), older};
        }
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
        choice.setDefaultProtocol(older.getProtocol());
        return new ConnectionFactory[]{new SslConnectionFactory(tls, choice.getProtocol()), choice,
                new HTTP2ServerConnectionFactory(http), older};
    }
}
