package dev.bayeux.core.fuzz;

import dev.bayeux.api.spi.TransportContext;
import dev.bayeux.http.HttpCall;
import dev.bayeux.http.HttpExchanger;
import dev.bayeux.http.HttpReply;
import dev.bayeux.http.LongPollingTransport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A response as text, a status, headers and a body, which answers whatever is sent. */
final class RawResponse implements HttpExchanger {

    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final List<Map<String, List<String>>> requested = new ArrayList<>();
    private final int status;
    private final byte[] body;

    /** Headers that no HTTP stack would let through are left out. */
    RawResponse(String text, Pattern fitForAHeader) {
        String[] parts = text.split("\n\n", 2);
        String[] lines = parts[0].split("\n", -1);
        status = lines[0].matches("[1-5][0-9][0-9]") ? Integer.parseInt(lines[0]) : 200;
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && fitForAHeader.matcher(line).matches()) {
                headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        body = parts.length < 2 ? new byte[0] : parts[1].getBytes(StandardCharsets.ISO_8859_1);
    }

    LongPollingTransport transport() {
        return new LongPollingTransport(
                TransportContext.to(URI.create("http://localhost:8080/cometd")).withMaxReplyBytes(1 << 16), this);
    }

    List<Map<String, List<String>>> requested() {
        return requested;
    }

    @Override
    public HttpReply exchange(HttpCall call) {
        requested.add(call.headers());
        call.reply().append(ByteBuffer.wrap(body));
        return new HttpReply(status, headers);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
