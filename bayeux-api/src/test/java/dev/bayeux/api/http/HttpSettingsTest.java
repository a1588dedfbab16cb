package dev.bayeux.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.http.HttpSettings.Coding;
import dev.bayeux.api.http.HttpSettings.RequestFormat;
import dev.bayeux.api.http.HttpSettings.Version;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {

    private static final URI SERVER = URI.create("https://example.com/cometd");

    @Test
    void theSystemChoosesTheProxyUnlessItIsSet() {
        assertSame(ProxySelector.getDefault(), HttpSettings.DEFAULT.proxies());
        assertEquals(List.of(Proxy.NO_PROXY), HttpSettings.DEFAULT.withoutProxy().proxies().select(SERVER));
        assertEquals(List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy", 3128))),
                HttpSettings.DEFAULT.withProxy("proxy", 3128).proxies().select(SERVER));
    }

    @Test
    void sameProxyAndLoginAreEqualSoThatConnectionsCanBeShared() {
        assertEquals(HttpSettings.DEFAULT.withProxy("proxy", 3128).proxies(),
                HttpSettings.DEFAULT.withProxy("proxy", 3128).proxies());
        assertEquals(ProxyLogin.of("me", "s3cret"), ProxyLogin.of("me", "s3cret"));
    }

    @Test
    void eachSettingIsKeptWhenAnotherIsChanged() throws Exception {
        SSLContext tls = SSLContext.getDefault();
        ProxyLogin login = ProxyLogin.of("me", "s3cret");
        HttpSettings all = HttpSettings.DEFAULT.withTls(tls).withProxyLogin(login).withVersion(Version.HTTP_2)
                .withCodings(Coding.DEFLATE).withRedirects(Redirects.SAME_ORIGIN).withMessageTypeInUrl(true)
                .withRequestFormat(RequestFormat.FORM).withProxy("proxy", 3128).withProxyLogin(login).withTls(tls);
        assertSame(tls, all.tls().orElseThrow());
        assertSame(login, all.proxyLogin().orElseThrow());
        assertEquals(Version.HTTP_2, all.version());
        assertEquals(Set.of(Coding.DEFLATE), all.codings());
        assertSame(Redirects.SAME_ORIGIN, all.redirects());
        assertTrue(all.messageTypeInUrl());
        assertEquals(RequestFormat.FORM, all.requestFormat());
        assertEquals(HttpSettings.DEFAULT.withProxy("proxy", 3128).proxies(), all.proxies());
    }

    @Test
    void insecureHasToBeAskedForAndIsOneContextForAll() {
        assertFalse(HttpSettings.DEFAULT.isInsecure());
        HttpSettings insecure = HttpSettings.DEFAULT.withInsecureTls();
        assertTrue(insecure.isInsecure());
        assertSame(insecure.tls().orElseThrow(), HttpSettings.DEFAULT.withInsecureTls().tls().orElseThrow());
    }

    @Test
    void textShowsWhatMattersAndNoSecret() {
        String text = HttpSettings.DEFAULT.withInsecureTls().withProxyLogin(ProxyLogin.of("me", "s3cret")) + " "
                + ProxyLogin.of("me", "s3cret");
        assertTrue(text.contains("tls=INSECURE"), text);
        assertFalse(text.contains("s3cret"), text);
    }

    @Test
    void loginThatBasicCannotCarryIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ProxyLogin.of("m:e", "s3cret"));
        assertNotNull(ProxyLogin.of("me", "s3:cret"));
    }

    @Test
    void redirectsThatAreAllowed() {
        URI same = URI.create("HTTPS://EXAMPLE.com:443/other/");
        URI plain = URI.create("http://example.com/cometd");
        URI other = URI.create("https://other.example.com/cometd");
        assertFalse(Redirects.NEVER.allow(SERVER, same));
        assertTrue(Redirects.SAME_ORIGIN.allow(SERVER, same));
        assertFalse(Redirects.SAME_ORIGIN.allow(SERVER, plain));
        assertFalse(Redirects.SAME_ORIGIN.allow(SERVER, other));
        Redirects also = Redirects.alsoTo(URI.create("https://OTHER.example.com"));
        assertTrue(also.allow(SERVER, same));
        assertTrue(also.allow(SERVER, other));
        assertFalse(also.allow(SERVER, URI.create("http://other.example.com/cometd")));
        assertFalse(also.allow(SERVER, URI.create("ftp://other.example.com/cometd")));
        assertThrows(IllegalArgumentException.class, () -> Redirects.alsoTo(URI.create("/cometd")));
    }
}
