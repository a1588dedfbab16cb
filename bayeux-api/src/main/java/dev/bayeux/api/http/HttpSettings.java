package dev.bayeux.api.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sets how a client connects over HTTP: proxies, TLS, the version of HTTP, redirects, and the format of requests. The
 * settings apply to transports that make their own HTTP clients. Where the program brings the HTTP client, proxy, TLS
 * and version are those of that client. Immutable; each {@code with} method returns a copy.
 *
 * <p>Clients with the same proxy selector, proxy login, TLS context and version share connections. So use one instance
 * for several clients: two selectors or TLS contexts always count as different.
 */
public final class HttpSettings {

    /**
     * The defaults: the system's proxies without a login, the JVM's trust, HTTP/1.1, gzip, no redirects, nothing
     * appended to the path, JSON.
     */
    public static final HttpSettings DEFAULT = new HttpSettings(null, null, null, Version.HTTP_1_1, Set.of(Coding.GZIP),
            Redirects.NEVER, false, RequestFormat.JSON, true);

    /** Names a version of HTTP. */
    public enum Version {

        /** Sends one request at a time on a connection: a client with long-polling needs two. */
        HTTP_1_1,

        /**
         * Sends many requests of many clients on one connection, if the server supports it. Over TLS client and server
         * negotiate it, and a server without it gets HTTP/1.1. Without TLS there is no negotiation: the transports over
         * Jetty begin with HTTP/2 at once, so the server must support it, and those over the JDK use HTTP/1.1.
         * WebSocket always uses HTTP/1.1.
         */
        HTTP_2
    }

    /** Names a compression of answers. The client never compresses requests. */
    public enum Coding {

        /** Gzip (RFC 1952). */
        GZIP,

        /** Deflate (RFC 1950), and the bare RFC 1951 that some servers send instead. */
        DEFLATE
    }

    /** Names the format of a request with messages. */
    public enum RequestFormat {

        /** The JSON array is the body, with the type {@code application/json} (protocol.md C-106). */
        JSON,

        /**
         * The JSON array is the field {@code message} of a form, with the type {@code application/x-www-form-urlencoded}:
         * for servers older than Bayeux 1.0.
         */
        FORM
    }

    private final @Nullable ProxySelector proxies;
    private final @Nullable ProxyLogin proxyLogin;
    private final @Nullable SSLContext tls;
    private final Version version;
    private final Set<Coding> codings;
    private final Redirects redirects;
    private final boolean messageTypeInUrl;
    private final RequestFormat requestFormat;
    private final boolean keepAlive;

    private HttpSettings(@Nullable ProxySelector proxies, @Nullable ProxyLogin proxyLogin, @Nullable SSLContext tls,
            Version version, Set<Coding> codings, Redirects redirects, boolean messageTypeInUrl,
            RequestFormat requestFormat, boolean keepAlive) {
        this.keepAlive = keepAlive;
        this.proxies = proxies;
        this.proxyLogin = proxyLogin;
        this.tls = tls;
        this.version = Objects.requireNonNull(version, "version");
        this.codings = codings;
        this.redirects = Objects.requireNonNull(redirects, "redirects");
        this.messageTypeInUrl = messageTypeInUrl;
        this.requestFormat = Objects.requireNonNull(requestFormat, "requestFormat");
    }

    /**
     * Returns a copy with a choice of proxies. The client uses HTTP proxies: for {@code http://} they forward requests,
     * for {@code https://} and for WebSocket they open a tunnel with {@code CONNECT}. It ignores other kinds.
     *
     * @param selector asked with the server's address, {@code http} or {@code https}, also for WebSocket; the client
     *            uses the first proxy that it names. Default: the system's ({@link ProxySelector#getDefault()}, which
     *            knows the JVM's properties {@code https.proxyHost} and so on), as it is when a transport is opened
     * @return settings
     */
    public HttpSettings withProxies(ProxySelector selector) {
        Objects.requireNonNull(selector, "selector");
        return new HttpSettings(selector, proxyLogin, tls, version, codings, redirects, messageTypeInUrl,
                requestFormat, keepAlive);
    }

    /**
     * Returns a copy with one HTTP proxy for everything.
     *
     * @param host the proxy's name or address
     * @param port the proxy's port, 1 to 65535
     * @return settings
     */
    public HttpSettings withProxy(String host, int port) {
        return withProxies(new FixedProxy(InetSocketAddress.createUnresolved(host, port)));
    }

    /** {@return a copy without any proxy, whatever the system says} */
    public HttpSettings withoutProxy() {
        return withProxies(NoProxy.SELECTOR);
    }

    /**
     * Returns a copy with a login for proxies.
     *
     * @param login supplies user and password; default: none
     * @return settings
     */
    public HttpSettings withProxyLogin(ProxyLogin login) {
        Objects.requireNonNull(login, "login");
        return new HttpSettings(proxies, login, tls, version, codings, redirects, messageTypeInUrl, requestFormat,
                keepAlive);
    }

    /**
     * Returns a copy with a TLS context, which determines whom the client trusts and which certificate it presents. The
     * client always checks that the certificate is for the host.
     *
     * @param context default: the JVM's ({@link SSLContext#getDefault()})
     * @return settings
     */
    public HttpSettings withTls(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new HttpSettings(proxies, proxyLogin, context, version, codings, redirects, messageTypeInUrl,
                requestFormat, keepAlive);
    }

    /**
     * Returns a copy with TLS that trusts every server, whatever host its certificate is for. <b>Anybody between client
     * and server can then read and change everything, credentials included.</b> Use it only to look at a server whose
     * certificate is known to be wrong. It replaces {@link #withTls}.
     *
     * @return settings
     */
    public HttpSettings withInsecureTls() {
        return withTls(TrustEverybody.CONTEXT);
    }

    /**
     * Returns a copy with a version of HTTP.
     *
     * @param wanted default {@link Version#HTTP_1_1}
     * @return settings
     */
    public HttpSettings withVersion(Version wanted) {
        return new HttpSettings(proxies, proxyLogin, tls, wanted, codings, redirects, messageTypeInUrl, requestFormat,
                keepAlive);
    }

    /**
     * Returns a copy with the codings that the server may use for its answers. The limit for an answer
     * ({@link dev.bayeux.api.Limits#maxReplyBytes()}) applies to the decoded bytes. WebSocket does not use them.
     *
     * @param accepted in any order, none for no compression; default {@link Coding#GZIP}
     * @return settings
     */
    public HttpSettings withCodings(Coding... accepted) {
        Set<Coding> all = EnumSet.noneOf(Coding.class);
        all.addAll(List.of(accepted));
        return new HttpSettings(proxies, proxyLogin, tls, version, Collections.unmodifiableSet(all), redirects,
                messageTypeInUrl, requestFormat, keepAlive);
    }

    /**
     * Returns a copy with a policy for redirects. WebSocket follows none.
     *
     * @param policy default {@link Redirects#NEVER}
     * @return settings
     */
    public HttpSettings withRedirects(Redirects policy) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, policy, messageTypeInUrl, requestFormat,
                keepAlive);
    }

    /**
     * Returns a copy with or without the type of message in the path of each request, as in {@code /cometd/handshake},
     * for servers and proxies that route by it. Only long-polling does it (protocol.md C-122).
     *
     * @param appended default {@code false}
     * @return settings
     */
    public HttpSettings withMessageTypeInUrl(boolean appended) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, redirects, appended, requestFormat,
                keepAlive);
    }

    /**
     * Returns a copy with a format of requests. Only long-polling uses it.
     *
     * @param format default {@link RequestFormat#JSON}
     * @return settings
     */
    public HttpSettings withRequestFormat(RequestFormat format) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, redirects, messageTypeInUrl, format,
                keepAlive);
    }

    /**
     * Returns a copy with or without connections that serve several requests. Without them each request has a
     * separate connection. For servers that close a connection after each answer without announcing it. The
     * transports detect a server of HTTP/1.0 by themselves: those over Jetty by its version, those over the JDK, whose
     * client shows no version below 1.1, by asking it with the first request to close the connection, which later
     * versions confirm. Without either, some requests are sent into a closing connection, and their outcome is unknown.
     * WebSocket always has a separate connection. No effect on an HTTP client of the JDK that the program brings.
     *
     * @param kept default {@code true}
     * @return settings
     */
    public HttpSettings withKeepAlive(boolean kept) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, redirects, messageTypeInUrl, requestFormat,
                kept);
    }

    /** {@return the selector that was set, otherwise the system's present selector} */
    public ProxySelector proxies() {
        ProxySelector chosen = proxies == null ? ProxySelector.getDefault() : proxies;
        return chosen == null ? NoProxy.SELECTOR : chosen;
    }

    /** {@return the login for proxies, if one was set} */
    public Optional<ProxyLogin> proxyLogin() {
        return Optional.ofNullable(proxyLogin);
    }

    /**
     * Returns the login for one proxy, as HTTP carries it.
     *
     * @param proxy the proxy's host and port
     * @return the value of the header {@code Proxy-Authorization}; empty if there is no login for it
     */
    public Optional<String> proxyAuthorization(InetSocketAddress proxy) {
        return proxyLogin().map(login -> login.login(proxy)).map(login -> {
            String pair = "%s:%s".formatted(login.getUserName(), new String(login.getPassword()));
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        });
    }

    /**
     * {@return the TLS context, if one was set; otherwise the JVM's is used}
     */
    public Optional<SSLContext> tls() {
        return Optional.ofNullable(tls);
    }

    /** {@return whether the client trusts every server ({@link #withInsecureTls()})} */
    public boolean isInsecure() {
        return tls == TrustEverybody.CONTEXT;
    }

    /** {@return the version of HTTP} */
    public Version version() {
        return version;
    }

    /** {@return the codings that the server may use; unmodifiable} */
    public Set<Coding> codings() {
        return codings;
    }

    /**
     * {@return which redirects are followed}
     */
    public Redirects redirects() {
        return redirects;
    }

    /**
     * {@return whether the type of message is appended to the path}
     */
    public boolean messageTypeInUrl() {
        return messageTypeInUrl;
    }

    /**
     * {@return how messages are put into a request}
     */
    public RequestFormat requestFormat() {
        return requestFormat;
    }

    /**
     * {@return whether connections serve several requests}
     */
    public boolean keepAlive() {
        return keepAlive;
    }

    /**
     * {@return the settings without anything secret}
     */
    @Override
    public String toString() {
        return "HttpSettings[proxies=%s, proxyLogin=%s, tls=%s, version=%s, codings=%s, redirects=%s, messageTypeInUrl=%s, requestFormat=%s, keepAlive=%s]"
                .formatted(proxies == null ? "system" : proxies == NoProxy.SELECTOR ? "none" : "set",
                        proxyLogin == null ? "none" : "set",
                        tls == null ? "JVM" : isInsecure() ? "INSECURE" : "set", version, codings, redirects,
                        messageTypeInUrl, requestFormat, keepAlive);
    }

    /** Made when it is needed. */
    private static final class NoProxy {

        static final ProxySelector SELECTOR = ProxySelector.of(null);
    }
}
