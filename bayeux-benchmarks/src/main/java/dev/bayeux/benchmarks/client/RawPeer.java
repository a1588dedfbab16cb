package dev.bayeux.benchmarks.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The floor: moves bytes over a blocking socket and counts messages, with one thread for what is received. It is no client:
 * it reads no field, binds nothing, knows no failure, and calls the program on the thread that reads.
 */
final class RawPeer implements Peer {

    private static final String CONNECT = "[{\"channel\":\"/meta/connect\",\"id\":\"c\",\"connectionType\":\"%s\",\"clientId\":\"%s\"}]";

    private record Pending(List<String> messages, CompletableFuture<@Nullable Void> accepted) {}

    private final URI uri;
    private final boolean webSocket;
    private final RawStream receiving;
    private final RawStream sending;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<@Nullable Void>> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    /** Sends what does not wait over HTTP, where sending waits for the answer. */
    private final ExecutorService later = Executors.newSingleThreadExecutor();
    private String clientId = "";
    private volatile Reader reader = value -> {
        // Nothing is subscribed yet.
    };

    static RawPeer to(URI uri, boolean webSocket) {
        try {
            return new RawPeer(webSocket, uri);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private RawPeer(boolean webSocket, URI uri) throws IOException {
        this.uri = uri;
        this.webSocket = webSocket;
        this.receiving = new RawStream(uri);
        this.sending = webSocket ? receiving : new RawStream(uri);
    }

    private String type() {
        return webSocket ? "websocket" : "long-polling";
    }

    @Override
    public void connect() throws IOException {
        String handshake = "[{\"channel\":\"/meta/handshake\",\"id\":\"h\",\"version\":\"1.0\",\"supportedConnectionTypes\":[\"%s\"]}]"
                .formatted(type());
        String answer;
        if (webSocket) {
            receiving.upgrade(uri.getPath());
            receiving.frame(handshake);
            answer = receiving.frame().text();
            clientId = clientIdIn(answer);
            receiving.frame(CONNECT.formatted(type(), clientId));
        } else {
            answer = receiving.post(uri.getPath(), handshake).text();
            clientId = clientIdIn(answer);
            sending.cookie(receiving.cookie());
        }
        Thread.ofPlatform().daemon().name("floor").start(this::receive);
    }

    private static String clientIdIn(String answer) {
        return answer.split("\"clientId\":\"")[1].split("\"")[0];
    }

    private void receive() {
        try {
            while (true) {
                if (webSocket) {
                    scan(receiving.frame());
                } else {
                    scan(receiving.post(uri.getPath(), CONNECT.formatted(type(), clientId)));
                }
            }
        } catch (IOException ended) {
            // The end of the benchmark.
        }
    }

    /** Counts deliveries and answers, in one pass. */
    private void scan(RawStream.Bytes bytes) throws IOException {
        byte[] all = bytes.array();
        int last = bytes.to() - 7;
        boolean connected = false;
        for (int n = bytes.from(); n < last; n++) {
            if (all[n] != '"') {
                continue;
            }
            if (all[n + 1] == 'd' && all[n + 2] == 'a' && all[n + 3] == 't' && all[n + 5] == '"') {
                reader.read(0);
            } else if (all[n + 1] == 'i' && all[n + 2] == 'd' && all[n + 3] == '"' && all[n + 5] == '"') {
                connected |= all[n + 6] == 'c';
                if (webSocket && all[n + 6] == 'p') {
                    unanswered.remove().complete(null);
                }
            }
        }
        if (connected && webSocket) {
            sendLock.lock();
            try {
                receiving.frame(CONNECT.formatted(type(), clientId));
            } finally {
                sendLock.unlock();
            }
        }
    }

    @Override
    public void subscribe(String channel, View view, Reader newReader) throws Exception {
        reader = newReader;
        send(List.of("{\"channel\":\"/meta/subscribe\",\"id\":\"p%d\",\"clientId\":\"%s\",\"subscription\":\"%s\"}"
                .formatted(ids.incrementAndGet(), clientId, channel))).get();
    }

    private String message(String channel, Map<String, Object> data) {
        String json = data.entrySet().stream().map(each -> "\"" + each.getKey() + "\":"
                + (each.getValue() instanceof String text ? "\"" + text + "\"" : each.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        return "{\"channel\":\"" + channel + "\",\"id\":\"p" + ids.incrementAndGet() + "\",\"clientId\":\"" + clientId
                + "\",\"data\":" + json + "}";
    }

    /** What waits leaves together; over HTTP, the caller that finds the connection free sends for the others. */
    private CompletableFuture<?> send(List<String> messages) throws IOException {
        Pending one = new Pending(messages, new CompletableFuture<>());
        pending.add(one);
        sendPending();
        return one.accepted();
    }

    private void sendPending() throws IOException {
        while (!pending.isEmpty() && sendLock.tryLock()) {
            try {
                StringBuilder json = new StringBuilder("[");
                List<Pending> leaving = new ArrayList<>();
                for (Pending each = pending.poll(); each != null; each = pending.poll()) {
                    leaving.add(each);
                    for (int n = 0; n < each.messages().size(); n++) {
                        json.append(json.length() == 1 ? "" : ",").append(each.messages().get(n));
                        if (webSocket) {
                            unanswered.add(n == each.messages().size() - 1
                                    ? each.accepted()
                                    : new CompletableFuture<>());
                        }
                    }
                    if (json.length() > 32_768) {
                        break;
                    }
                }
                if (leaving.isEmpty()) {
                    continue;
                }
                if (webSocket) {
                    sending.frame(json.append(']').toString());
                } else {
                    scan(sending.post(uri.getPath(), json.append(']').toString()));
                    leaving.forEach(each -> each.accepted().complete(null));
                }
            } finally {
                sendLock.unlock();
            }
        }
    }

    @Override
    public void publish(String channel, Map<String, Object> data) throws Exception {
        send(List.of(message(channel, data))).get();
    }

    @Override
    public CompletableFuture<?> publishLater(String channel, Map<String, Object> data) {
        return batchLater(channel, List.of(data));
    }

    @Override
    public void batch(String channel, List<Map<String, Object>> data) throws Exception {
        send(data.stream().map(one -> message(channel, one)).toList()).get();
    }

    @Override
    public CompletableFuture<?> batchLater(String channel, List<Map<String, Object>> data) {
        List<String> messages = data.stream().map(one -> message(channel, one)).toList();
        Pending one = new Pending(messages, new CompletableFuture<>());
        pending.add(one);
        if (webSocket) {
            sendNow();
        } else {
            later.execute(this::sendNow);
        }
        return one.accepted();
    }

    private void sendNow() {
        try {
            sendPending();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        try {
            receiving.close();
            sending.close();
        } catch (IOException ended) {
            // It is closed all the same.
        }
    }
}
