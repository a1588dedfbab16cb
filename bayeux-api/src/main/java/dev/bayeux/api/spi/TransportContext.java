package dev.bayeux.api.spi;

import dev.bayeux.api.http.CookieJar;
import dev.bayeux.api.http.HttpSettings;
import dev.bayeux.api.error.TransportException;
import java.net.CookieHandler;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Describes a client to its transport: address, headers, cookies, limits and settings. Immutable; each {@code with}
 * method returns a copy.
 *
 * <p>The client makes it. A test that opens a transport by itself starts with {@link #to}, and changes what matters.
 */
public final class TransportContext {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WHOLE_REPLY_TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_REPLY_BYTES = 16 << 20;
    private static final int MAX_REQUEST_BYTES = 32_768;
    private static final Inbox NOBODY = new Inbox() {

        @Override
        public void received(String text) {
            // There is no client.
        }

        @Override
        public void disconnected(TransportException reason) {
            // There is no client.
        }
    };

    private final String clientName;
    private final URI uri;
    private final HeaderSource headers;
    private final CookieHandler cookies;
    private final Duration connectTimeout;
    private final int maxReplyBytes;
    private final Inbox inbox;
    private final HttpSettings http;
    private final Duration replyTimeout;
    private final Duration wholeReplyTimeout;
    private final int maxRequestBytes;

    private TransportContext(String clientName, URI uri, HeaderSource headers, CookieHandler cookies,
            Duration connectTimeout, int maxReplyBytes, Inbox inbox, HttpSettings http, Duration replyTimeout,
            Duration wholeReplyTimeout, int maxRequestBytes) {
        this.clientName = Objects.requireNonNull(clientName, "clientName");
        this.uri = Objects.requireNonNull(uri, "uri");
        this.headers = Objects.requireNonNull(headers, "headers");
        this.cookies = Objects.requireNonNull(cookies, "cookies");
        this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
        this.maxReplyBytes = maxReplyBytes;
        this.inbox = Objects.requireNonNull(inbox, "inbox");
        this.http = Objects.requireNonNull(http, "http");
        this.replyTimeout = Objects.requireNonNull(replyTimeout, "replyTimeout");
        this.maxRequestBytes = maxRequestBytes;
        this.wholeReplyTimeout = Objects.requireNonNull(wholeReplyTimeout, "wholeReplyTimeout");
    }

    /**
     * Makes a context for a transport without a client, such as a test opens.
     *
     * @param uri the server's address
     * @return a context with the name "client", no headers, a new cookie store, 30 s for connecting, at most 32 KiB a
     *         request and 16 MiB an answer, 10 s between two parts of an answer and 5 min for all of them, {@link HttpSettings#DEFAULT}, and
     *         an inbox that ignores everything
     */
    public static TransportContext to(URI uri) {
        return new TransportContext("client", uri, Map::of,
                new CookieJar(),
                CONNECT_TIMEOUT, MAX_REPLY_BYTES, NOBODY, HttpSettings.DEFAULT, REPLY_TIMEOUT, WHOLE_REPLY_TIMEOUT,
                MAX_REQUEST_BYTES);
    }

    /**
     * Returns a copy with another name.
     *
     * @param name the client's name
     * @return a context
     */
    public TransportContext withClientName(String name) {
        return new TransportContext(name, uri, headers, cookies, connectTimeout, maxReplyBytes, inbox, http,
                replyTimeout, wholeReplyTimeout, maxRequestBytes);
    }

    /**
     * Returns a copy for another server.
     *
     * @param other the server's address
     * @return a context
     */
    public TransportContext withUri(URI other) {
        return new TransportContext(clientName, other, headers, cookies, connectTimeout, maxReplyBytes, inbox, http,
                replyTimeout, wholeReplyTimeout, maxRequestBytes);
    }

    /**
     * Returns a copy with other headers.
     *
     * @param source supplies the headers
     * @return a context
     */
    public TransportContext withHeaders(HeaderSource source) {
        return new TransportContext(clientName, uri, source, cookies, connectTimeout, maxReplyBytes, inbox, http,
                replyTimeout, wholeReplyTimeout, maxRequestBytes);
    }

    /**
     * Returns a copy with another cookie store.
     *
     * @param store the cookie store
     * @return a context
     */
    public TransportContext withCookies(CookieHandler store) {
        return new TransportContext(clientName, uri, headers, store, connectTimeout, maxReplyBytes, inbox, http,
                replyTimeout, wholeReplyTimeout, maxRequestBytes);
    }

    /**
     * Returns a copy with another limit for connecting.
     *
     * @param limit how long making a connection may take, more than zero
     * @return a context
     */
    public TransportContext withConnectTimeout(Duration limit) {
        return new TransportContext(clientName, uri, headers, cookies, limit, maxReplyBytes, inbox, http, replyTimeout,
                wholeReplyTimeout, maxRequestBytes);
    }

    /**
     * Returns a copy with another limit for an answer.
     *
     * @param bytes the most bytes of one answer, more than zero
     * @return a context
     */
    public TransportContext withMaxReplyBytes(int bytes) {
        return new TransportContext(clientName, uri, headers, cookies, connectTimeout, bytes, inbox, http, replyTimeout,
                wholeReplyTimeout, maxRequestBytes);
    }

    /**
     * Returns a copy with other limits for an answer that has begun to arrive.
     *
     * @param betweenParts how long it may take from one part of an answer to the next, more than zero
     * @param whole how long it may take from the first byte to the last, more than zero
     * @return a context
     */
    public TransportContext withReplyTimeouts(Duration betweenParts, Duration whole) {
        return new TransportContext(clientName, uri, headers, cookies, connectTimeout, maxReplyBytes, inbox, http,
                betweenParts, whole, maxRequestBytes);
    }

    /**
     * Returns a copy with another limit for a request.
     *
     * @param bytes the most bytes of one request, unless a single message is larger; more than zero
     * @return a context
     */
    public TransportContext withMaxRequestBytes(int bytes) {
        return new TransportContext(clientName, uri, headers, cookies, connectTimeout, maxReplyBytes, inbox, http,
                replyTimeout, wholeReplyTimeout, bytes);
    }

    /**
     * Returns a copy with another inbox.
     *
     * @param other receives what a full-duplex transport delivers
     * @return a context
     */
    public TransportContext withInbox(Inbox other) {
        return new TransportContext(clientName, uri, headers, cookies, connectTimeout, maxReplyBytes, other, http,
                replyTimeout, wholeReplyTimeout, maxRequestBytes);
    }

    /**
     * Returns a copy with other settings for HTTP.
     *
     * @param settings proxies, TLS and the other settings
     * @return a context
     */
    public TransportContext withHttp(HttpSettings settings) {
        return new TransportContext(clientName, uri, headers, cookies, connectTimeout, maxReplyBytes, inbox, settings,
                replyTimeout, wholeReplyTimeout, maxRequestBytes);
    }

    /** {@return the client's name, for threads and logs} */
    public String clientName() {
        return clientName;
    }

    /** {@return the server's address, {@code http} or {@code https}} */
    public URI uri() {
        return uri;
    }

    /**
     * {@return the source of headers for each request, and for the upgrade to a WebSocket, beside the transport's own
     * headers; contains credentials, so never log them}
     */
    public HeaderSource headers() {
        return headers;
    }

    /**
     * {@return the client's cookies, shared by all its transports; stored from every response (protocol.md C-111)}
     */
    public CookieHandler cookies() {
        return cookies;
    }

    /** {@return how long making a connection may take, more than zero} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * {@return the most bytes of one answer, or of one message of a WebSocket, more than zero; a longer one is a
     * {@link dev.bayeux.api.error.TransportException.Problem#TOO_LARGE}}
     */
    public int maxReplyBytes() {
        return maxReplyBytes;
    }

    /**
     * {@return the most bytes of one request as it is sent, unless a single message is larger. The client counts the
     * bytes of {@link Batch#text()}; a transport that sends more than that says so with
     * {@link Transport#maxBatchBytes()}}
     */
    public int maxRequestBytes() {
        return maxRequestBytes;
    }

    /**
     * {@return how long it may take from one part of an answer to the next, more than zero ({@code Timeouts.reply});
     * until the first part the limit of the {@link Batch} applies}
     */
    public Duration replyTimeout() {
        return replyTimeout;
    }

    /**
     * {@return how long an answer may take from its first byte to its last, more than zero
     * ({@code Timeouts.wholeReply})}
     */
    public Duration wholeReplyTimeout() {
        return wholeReplyTimeout;
    }

    /**
     * {@return the inbox for what a full-duplex transport delivers; a request-response transport passes only the beginning
     * of an answer that was cut off}
     */
    public Inbox inbox() {
        return inbox;
    }

    /** {@return proxies, TLS and the other settings for HTTP} */
    public HttpSettings http() {
        return http;
    }
}
