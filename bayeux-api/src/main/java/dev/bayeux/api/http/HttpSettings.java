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
 * How a client goes through the network: proxies, TLS, the version of HTTP, and what servers and proxies on the way want
 * to have different. They hold for the transports that make HTTP clients of their own; where the program brought the HTTP
 * client, proxy, TLS and version are those of that client. Immutable; each {@code with} method returns a copy.
 *
 * <p>Clients with the same proxy selector, proxy login, TLS context and version share connections. So keep the settings
 * for several clients instead of making them anew: two selectors or TLS contexts are never taken for the same.
 */
public final class HttpSettings {

    /**
     * The system's proxies without a login, the JVM's trust, HTTP/1.1, gzip, no redirects, nothing appended to the path,
     * JSON.
     */
    public static final HttpSettings DEFAULT = new HttpSettings(null, null, null, Version.HTTP_1_1, Set.of(Coding.GZIP),
            Redirects.NEVER, false, RequestFormat.JSON, true);

    /** A version of HTTP. */
    public enum Version {

        /** One request at a time on a connection: a client that polls needs two. */
        HTTP_1_1,

        /**
         * Many requests of many clients on one connection, where the server can: over TLS that is agreed on when the
         * connection is made, and a server that cannot is spoken to with HTTP/1.1. Without TLS nothing can be agreed on:
         * the transports over Jetty then begin with HTTP/2 at once, so the server has to know it, and those over the JDK
         * stay with HTTP/1.1. WebSocket stays with HTTP/1.1 always.
         */
        HTTP_2
    }

    /** How an answer may be compressed. Requests never are. */
    public enum Coding {

        /** RFC 1952. */
        GZIP,

        /** RFC 1950, and the bare RFC 1951 that some servers send instead. */
        DEFLATE
    }

    /** How a batch of messages is put into a request. */
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
     * The same with a choice of proxies. HTTP proxies are used: for {@code http://} they forward requests, for
     * {@code https://} and for WebSocket they open a tunnel with {@code CONNECT}. Other kinds are passed over.
     *
     * @param selector asked with the server's address, {@code http} or {@code https}, also for WebSocket; the first it
     *            names counts. Default: the system's ({@link ProxySelector#getDefault()}, which knows the JVM's properties
     *            {@code https.proxyHost} and so on), as it is when a transport is opened
     * @return settings
     */
    public HttpSettings withProxies(ProxySelector selector) {
        Objects.requireNonNull(selector, "selector");
        return new HttpSettings(selector, proxyLogin, tls, version, codings, redirects, messageTypeInUrl,
                requestFormat, keepAlive);
    }

    /**
     * The same with one HTTP proxy for everything.
     *
     * @param host its name or address
     * @param port its port, 1 to 65535
     * @return settings
     */
    public HttpSettings withProxy(String host, int port) {
        return withProxies(new FixedProxy(InetSocketAddress.createUnresolved(host, port)));
    }

    /**
     * {@return the same without any proxy, whatever the system says}
     */
    public HttpSettings withoutProxy() {
        return withProxies(NoProxy.SELECTOR);
    }

    /**
     * The same with a login at proxies.
     *
     * @param login gives user and password; default: none
     * @return settings
     */
    public HttpSettings withProxyLogin(ProxyLogin login) {
        Objects.requireNonNull(login, "login");
        return new HttpSettings(proxies, login, tls, version, codings, redirects, messageTypeInUrl, requestFormat,
                keepAlive);
    }

    /**
     * The same with a TLS context: who is trusted, and with which certificate we answer a server that asks for one.
     * Whether the certificate is for the host that we asked for is checked as well.
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
     * {@return the same with TLS that trusts whoever answers, whatever host its certificate is for: <b>anybody on the way
     * can read and change everything, credentials included</b>. For a look at a server whose certificate is known to be
     * wrong, and for nothing else. It takes the place of {@link #withTls}}
     */
    public HttpSettings withInsecureTls() {
        return withTls(TrustEverybody.CONTEXT);
    }

    /**
     * The same with a version of HTTP.
     *
     * @param wanted default {@link Version#HTTP_1_1}
     * @return settings
     */
    public HttpSettings withVersion(Version wanted) {
        return new HttpSettings(proxies, proxyLogin, tls, wanted, codings, redirects, messageTypeInUrl, requestFormat,
                keepAlive);
    }

    /**
     * The same with a choice of codings that the server may use for its answers. The limit for an answer
     * ({@link dev.bayeux.api.Limits#maxReplyBytes()}) counts what comes out of them. WebSocket does not use them.
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
     * The same with a policy for redirects. WebSocket follows none.
     *
     * @param policy default {@link Redirects#NEVER}
     * @return settings
     */
    public HttpSettings withRedirects(Redirects policy) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, policy, messageTypeInUrl, requestFormat,
                keepAlive);
    }

    /**
     * The same with or without the type of message in the path of each request, as in {@code /cometd/handshake}, for
     * servers and proxies that choose by it. Only long-polling does it (protocol.md C-122).
     *
     * @param appended default {@code false}
     * @return settings
     */
    public HttpSettings withMessageTypeInUrl(boolean appended) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, redirects, appended, requestFormat,
                keepAlive);
    }

    /**
     * The same with a format of requests. Only long-polling uses it.
     *
     * @param format default {@link RequestFormat#JSON}
     * @return settings
     */
    public HttpSettings withRequestFormat(RequestFormat format) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, redirects, messageTypeInUrl, format,
                keepAlive);
    }

    /**
     * The same with or without connections that serve several requests. Without them each request has a connection of its
     * own: for servers that close a connection after each answer without having said so, as some do that speak HTTP/1.0.
     * The transports over Jetty notice such a server by themselves. Those over the JDK do not, since its client shows no
     * version below 1.1: some of their requests are then sent into the closing, and what became of them is unknown.
     * WebSocket has a connection of its own always. No effect on an HTTP client of the JDK that the program brings.
     *
     * @param kept default {@code true}
     * @return settings
     */
    public HttpSettings withKeepAlive(boolean kept) {
        return new HttpSettings(proxies, proxyLogin, tls, version, codings, redirects, messageTypeInUrl, requestFormat,
                kept);
    }

    /**
     * {@return who chooses the proxy: what was set, or else the system's selector as it is now}
     */
    public ProxySelector proxies() {
        ProxySelector chosen = proxies == null ? ProxySelector.getDefault() : proxies;
        return chosen == null ? NoProxy.SELECTOR : chosen;
    }

    /**
     * {@return who logs in at proxies, if anybody}
     */
    public Optional<ProxyLogin> proxyLogin() {
        return Optional.ofNullable(proxyLogin);
    }

    /**
     * The login at one proxy, as HTTP carries it.
     *
     * @param proxy its host and port
     * @return the value of the header {@code Proxy-Authorization}; nothing if there is no login for it
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

    /**
     * {@return whether any server is trusted ({@link #withInsecureTls()})}
     */
    public boolean isInsecure() {
        return tls == TrustEverybody.CONTEXT;
    }

    /**
     * {@return the version of HTTP that is wanted}
     */
    public Version version() {
        return version;
    }

    /**
     * {@return how answers may be compressed; cannot be changed}
     */
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
