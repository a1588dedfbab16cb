package dev.bayeux.http;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Carries batches with the connection type {@code callback-polling} over any HTTP client. A batch is part of the
 * address of a GET request, and the answer is the call of a JavaScript function (protocol.md 5.2). Use it only if a server or
 * network accepts nothing else: logs of proxies and servers show the messages, with the client id and the credentials in
 * {@code ext}.
 *
 * <p><b>Length.</b> A batch is one request, so messages that wait together leave in as many batches as addresses need.
 * A message that alone makes an address too long is rejected; other messages are not affected.
 */
public final class CallbackPollingTransport implements RequestResponseTransport {

    /** The name of this connection type in the protocol. */
    public static final String CONNECTION_TYPE = "callback-polling";

    /** The default for the longest address, which all servers and proxies accept. */
    public static final int MAX_URI_LENGTH = 2000;

    private static final String QUERY = "jsonp=" + CallbackReply.FUNCTION + "&message=";
    /** Forbids caches to store an answer: two clients may send the same address. */
    private static final Map<String, List<String>> HEADERS = Map.of("Cache-Control", List.of("no-cache, no-store"));
    private static final byte[] NO_BODY = {};
    /**
     * The characters of a message in an address: one for a letter, three for a quote, a brace, or a byte that is not ASCII.
     */
    private static final int CHARACTERS_FOR_A_BYTE = 2;

    private final HttpConversation http;
    private final int maxUriLength;

    /**
     * Makes a transport over one HTTP client.
     *
     * @param context the context given to the provider
     * @param http the HTTP client; closed with this transport. It must not repeat a GET request that has failed
     * @param maxUriLength the most characters of an address, such as {@link #MAX_URI_LENGTH}
     */
    public CallbackPollingTransport(TransportContext context, HttpExchanger http, int maxUriLength) {
        this.http = new HttpConversation(context, http, false);
        this.maxUriLength = maxUriLength;
    }

    @Override
    public String exchange(Batch batch) throws InterruptedException {
        String messages = encoded(batch.text());
        if (messages.length() > room()) {
            throw new TransportException(Problem.MESSAGE_TOO_LONG,
                    "A batch of %d characters does not fit into an address of at most %d, as callback-polling needs it. Send less at once, use another transport, or allow longer addresses: withMaxUriLength of the provider."
                            .formatted(batch.text().length(), maxUriLength),
                    null);
        }
        return CallbackReply.unwrap(http.ask("GET", query() + messages, HEADERS, NO_BODY, batch.limit()),
                HttpFacts.place(http.home()));
    }

    /** {@return how many bytes of usual JSON fit: half of its characters are letters, which an address does not encode} */
    @Override
    public int maxBatchBytes() {
        return room() / CHARACTERS_FOR_A_BYTE;
    }

    /** Returns the number of characters for messages in the server's present address. */
    private int room() {
        return maxUriLength - http.home().toString().length() - query().length();
    }

    private String query() {
        return (http.home().getRawQuery() == null ? '?' : '&') + QUERY;
    }

    @Override
    public void dropConnection() {
        http.dropConnections();
    }

    @Override
    public void close() {
        http.close();
    }

    /** Encodes a value within a query, where the most common characters of JSON need no encoding (RFC 3986, 3.4). */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2C", ",")
                .replace("%3A", ":").replace("%2F", "/");
    }
}
