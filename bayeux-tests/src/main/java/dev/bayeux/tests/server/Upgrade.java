package dev.bayeux.tests.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The answer that turns a connection into a WebSocket. Immutable: each method gives a new one.
 *
 * @param headers names and values beside those that an upgrade needs
 * @param accepts whether the client's key is answered as it must be
 * @param deflating whether messages may be compressed
 */
public record Upgrade(List<Map.Entry<String, String>> headers, boolean accepts, boolean deflating) implements Answer {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Copies the headers. */
    public Upgrade {
        headers = List.copyOf(headers);
    }

    static Upgrade plain() {
        return new Upgrade(List.of(), true, false);
    }

    /**
     * {@return this with one header more}
     *
     * @param name its name
     * @param value its value
     */
    public Upgrade header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Upgrade(more, accepts, deflating);
    }

    /**
     * {@return this with a wrong answer to the client's key, as a cache might give it}
     */
    public Upgrade forged() {
        return new Upgrade(headers, false, deflating);
    }

    /**
     * {@return this with permessage-deflate (RFC 7692), which a client must have offered; each message by itself}
     */
    public Upgrade compressed() {
        return new Upgrade(headers, accepts, true);
    }

    String head(ReceivedRequest request) {
        StringBuilder head = new StringBuilder(
                "HTTP/1.1 101 Scripted\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ")
                .append(accepts ? accept(request.header("Sec-WebSocket-Key")) : "forged").append("\r\n");
        if (deflating) {
            head.append("Sec-WebSocket-Extensions: permessage-deflate;")
                    .append("client_no_context_takeover;server_no_context_takeover\r\n");
        }
        headers.forEach(
                header -> head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
