package dev.bayeux.http;

import dev.bayeux.api.http.HttpSettings.RequestFormat;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Carries batches with the connection type {@code long-polling} over any HTTP client, an {@link HttpExchanger}. It
 * determines requests, headers, what counts as an answer, and the meaning of failures (protocol.md 5.1, C-106 to
 * C-111). {@link dev.bayeux.api.http.HttpSettings} determine compression, redirects, the format of requests, and the
 * type of message in the path.
 */
public final class LongPollingTransport implements RequestResponseTransport {

    /** The name of this connection type in the protocol. */
    public static final String CONNECTION_TYPE = "long-polling";

    private static final Map<String, List<String>> JSON = Map.of("Content-Type",
            List.of("application/json;charset=UTF-8"));
    private static final Map<String, List<String>> FORM = Map.of("Content-Type",
            List.of("application/x-www-form-urlencoded"));

    private static final String FIELD = "message=";
    private static final int CHARACTERS_FOR_A_BYTE = 3;

    private final TransportContext context;
    private final HttpConversation http;

    /**
     * Makes a transport over one HTTP client.
     *
     * @param context the context given to the provider
     * @param http the HTTP client; closed with this transport
     */
    public LongPollingTransport(TransportContext context, HttpExchanger http) {
        this.context = context;
        this.http = new HttpConversation(context, http, true);
    }

    @Override
    public String exchange(Batch batch) throws InterruptedException {
        boolean form = context.http().requestFormat() == RequestFormat.FORM;
        String body = form ? FIELD + URLEncoder.encode(batch.text(), StandardCharsets.UTF_8) : batch.text();
        String suffix = context.http().messageTypeInUrl() ? suffix(http.home(), batch.metaType()) : "";
        return http.ask("POST", suffix, form ? FORM : JSON, body.getBytes(StandardCharsets.UTF_8), batch.limit());
    }

    /** {@return for a form, the number of bytes that certainly fit: a byte takes up to three characters there} */
    @Override
    public int maxBatchBytes() {
        return context.http().requestFormat() == RequestFormat.FORM
                ? Math.max(1, (context.maxRequestBytes() - FIELD.length()) / CHARACTERS_FOR_A_BYTE)
                : Integer.MAX_VALUE;
    }

    /**
     * Returns the type for the path, as CometD's clients append it: for one meta message, if the address has no query
     * (protocol.md 5.1).
     */
    private static String suffix(URI home, String type) {
        if (type.isEmpty() || home.getRawQuery() != null) {
            return "";
        }
        return home.getRawPath().endsWith("/") ? type : "/" + type;
    }

    @Override
    public void dropConnection() {
        http.dropConnections();
    }

    @Override
    public void close() {
        http.close();
    }
}
