package dev.bayeux.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Inbox;
import dev.bayeux.api.spi.RequestResponseTransport;
import dev.bayeux.api.spi.TransportContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What becomes of the beginning of a reply whose end does not arrive. */
class ReplyThatBreaksOffTest implements Inbox, HttpExchanger {

    private static final String TEXT = "[{\"channel\":\"/a\",\"data\":\"\u20ac\"},{\"channel\":\"/b\"}]";

    private final List<String> arrived = new ArrayList<>();
    private final List<String> heads = new ArrayList<>();
    private int status = 200;
    private Map<String, List<String>> headers = Map.of();
    private byte[] body = {};
    private Exception failure = new IOException("broken off");

    @Override
    public HttpReply exchange(HttpCall call) throws IOException, TimeoutException {
        call.reply().begin(new HttpReply(status, headers));
        call.reply().append(ByteBuffer.wrap(body));
        if (failure instanceof TimeoutException late) {
            throw late;
        }
        throw (IOException) failure;
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    @Override
    public void received(String text) {
        throw new AssertionError("whole: " + text);
    }

    @Override
    public void receivedInPart(String text) {
        arrived.add(text);
    }

    @Override
    public void responded(URI uri, int reported, Map<String, List<String>> all) {
        heads.add("%d %s %s".formatted(reported, uri, all));
    }

    @Override
    public void disconnected(TransportException reason) {
        throw new AssertionError(reason);
    }

    private void send(Function<TransportContext, RequestResponseTransport> kind) {
        TransportContext context = TransportContext.to(URI.create("http://localhost/a")).withInbox(this);
        assertThrows(TransportException.class,
                () -> kind.apply(context).exchange(new Batch("[]", Duration.ofSeconds(9))));
    }

    private void poll() {
        send(context -> new LongPollingTransport(context, this));
    }

    private static byte[] beginning(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    @Test
    void headIsReported() {
        headers = Map.of("a", List.of("b"));
        poll();
        status = 503;
        failure = new TimeoutException();
        poll();
        assertEquals(List.of("200 http://localhost/a {a=[b]}", "503 http://localhost/a {a=[b]}"), heads);
    }

    @Test
    void isHandedOver() {
        body = beginning(TEXT.getBytes(StandardCharsets.UTF_8), 20);
        poll();
        failure = new TimeoutException();
        poll();
        assertEquals(List.of(TEXT.substring(0, 20), TEXT.substring(0, 20)), arrived);
    }

    @Test
    void aCharacterThatIsCutIsLeftOut() {
        int euro = TEXT.indexOf('\u20ac');
        body = beginning(TEXT.getBytes(StandardCharsets.UTF_8), euro + 2);
        poll();
        assertEquals(List.of(TEXT.substring(0, euro)), arrived);
    }

    @Test
    void theReadablePartIsDecoded() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed, true)) {
            gzip.write(TEXT.getBytes(StandardCharsets.UTF_8));
            gzip.flush();
            body = packed.toByteArray();
        }
        headers = Map.of("content-encoding", List.of("gzip"));
        poll();
        assertEquals(List.of(TEXT), arrived);
        body = beginning(body, 5);
        poll();
        assertEquals(List.of(TEXT), arrived);
    }

    @Test
    void thatOfAnotherStatusIsNot() {
        status = 502;
        body = TEXT.getBytes(StandardCharsets.UTF_8);
        poll();
        assertEquals(List.of(), arrived);
    }

    @Test
    void thatOfAnUnknownCodingOrCharsetIsNot() {
        body = TEXT.getBytes(StandardCharsets.UTF_8);
        headers = Map.of("Content-Encoding", List.of("br"));
        poll();
        headers = Map.of("Content-Type", List.of("text/plain;charset=none-such"));
        poll();
        assertEquals(List.of(), arrived);
    }

    @Test
    void aCallbackIsNot() {
        body = "/**/jsonpcallback([{}".getBytes(StandardCharsets.UTF_8);
        send(context -> new CallbackPollingTransport(context, this, 2000));
        assertEquals(List.of(), arrived);
    }
}
