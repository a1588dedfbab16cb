package dev.bayeux.api.spi;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The connection type {@code callback-polling} over any HTTP client: batches go out as part of the address of a GET
 * request, answers come back as the call of a JavaScript function (PROTOCOL 5.2). It is for servers, or what stands before
 * them, that let nothing else through. What is sent can be seen in the logs of proxies and servers, credentials in
 * {@code ext} and the client id among it: where anything else works, that is better.
 *
 * <p><b>Length.</b> A batch that makes an address too long goes out in several requests, one after the other, so order is
 * kept; their answers are put together. If one of them fails, the answers that had come before it are returned, and what
 * is missing is left unanswered. A single message that makes an address too long is refused, and with it its batch.
 */
public final class CallbackPollingTransport implements Transport {

    /** The connection type's name in the protocol. */
    public static final String CONNECTION_TYPE = "callback-polling";

    /** How long addresses may be if nothing else is said: as long as all servers and proxies let them be. */
    public static final int MAX_URI_LENGTH = 2000;

    private static final System.Logger LOG = System.getLogger("dev.bayeux.client");

    private static final String QUERY = "jsonp=" + CallbackReply.FUNCTION + "&message=";
    /** Two clients may say the same; no cache may know the answer. */
    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-cache, no-store");
    private static final byte[] NO_BODY = {};
    private static final int BRACKETS = encoded("[]").length();

    private final HttpConversation http;
    private final int maxUriLength;

    /**
     * Over one HTTP client.
     *
     * @param context what the provider was opened with
     * @param http the HTTP client; closed with this transport. It must not repeat a GET request that has failed
     * @param maxUriLength the most characters of an address, such as {@link #MAX_URI_LENGTH}
     */
    public CallbackPollingTransport(TransportContext context, HttpExchanger http, int maxUriLength) {
        this.http = new HttpConversation(context, http);
        this.maxUriLength = maxUriLength;
    }

    @Override
    public String send(Batch batch) throws InterruptedException {
        URI home = http.home();
        String query = (home.getRawQuery() == null ? '?' : '&') + QUERY;
        List<String> requests = requests(batch.text(), maxUriLength - home.toString().length() - query.length());
        long deadlineNs = System.nanoTime() + batch.limit().toNanos();
        Duration left = batch.limit();
        List<String> answers = new ArrayList<>();
        for (String request : requests) {
            try {
                answers.add(CallbackReply.unwrap(http.ask("GET", query + request, HEADERS, NO_BODY, left)));
            } catch (TransportException failed) {
                if (answers.isEmpty()) {
                    throw failed;
                }
                LOG.log(System.Logger.Level.DEBUG, "The rest of a batch in several requests has failed", failed);
                break;
            }
            left = Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime()));
        }
        return answers.size() == 1 ? answers.getFirst() : JsonArrays.joined(answers);
    }

    @Override
    public void dropConnection() {
        http.dropConnections();
    }

    @Override
    public void close() {
        http.close();
    }

    /** The batch, encoded, in as many pieces as it needs. */
    private List<String> requests(String batch, int room) {
        String whole = encoded(batch);
        if (whole.length() <= room) {
            return List.of(whole);
        }
        List<String> requests = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (String message : JsonArrays.elements(batch)) {
            String next = encoded(message);
            if (BRACKETS + next.length() > room) {
                throw new TransportException(Problem.MESSAGE_TOO_LONG,
                        "A message of %d characters does not fit into an address of at most %d, as callback-polling needs it. Send less at once, use another transport, or allow longer addresses: withMaxUriLength of the provider."
                                .formatted(message.length(), maxUriLength),
                        null);
            }
            if (!piece.isEmpty() && BRACKETS + piece.length() + 1 + next.length() > room) {
                requests.add(encoded("[") + piece + encoded("]"));
                piece.setLength(0);
            }
            piece.append(piece.isEmpty() ? "" : ",").append(next);
        }
        requests.add(encoded("[") + piece + encoded("]"));
        return requests;
    }

    /** As a value within a query, where the commonest signs of JSON need no encoding (RFC 3986, 3.4). */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2C", ",")
                .replace("%3A", ":").replace("%2F", "/");
    }
}
