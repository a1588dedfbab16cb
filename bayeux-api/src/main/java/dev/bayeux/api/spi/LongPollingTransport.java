package dev.bayeux.api.spi;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The connection type {@code long-polling} over any HTTP client: what is sent, which headers, what counts as an answer
 * and what a failure was (PROTOCOL 5.1, C-106 to C-111). The client itself is an {@link HttpExchanger}.
 */
public final class LongPollingTransport implements Transport {

    /** The connection type's name in the protocol. */
    public static final String CONNECTION_TYPE = "long-polling";

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json;charset=UTF-8");

    private final TransportContext context;
    private final HttpConversation http;

    /**
     * Over one HTTP client.
     *
     * @param context what the provider was opened with
     * @param http the HTTP client; closed with this transport
     */
    public LongPollingTransport(TransportContext context, HttpExchanger http) {
        this.context = context;
        this.http = new HttpConversation(context, http);
    }

    @Override
    public String send(Batch batch) throws InterruptedException {
        return http.ask("POST", context.uri(), JSON, batch.text().getBytes(StandardCharsets.UTF_8), batch.limit());
    }

    @Override
    public void close() {
        http.close();
    }
}
