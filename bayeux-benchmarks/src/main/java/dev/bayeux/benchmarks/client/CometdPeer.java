package dev.bayeux.benchmarks.client;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.ext.AckExtension;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.cometd.client.websocket.jakarta.WebSocketTransport;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * CometD's client as its manual sets it up. All clients of the process share the HTTP client or WebSocket container; a
 * scheduler is each one's own, as that is the default. Subscriptions are made in a listener for handshakes, as the manual
 * says to do, so that they survive a new session.
 */
final class CometdPeer implements Peer {

    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(60);

    /** Made at its first use: a run over one transport needs nothing of the other. */
    private static final class Http {

        private static final HttpClient SHARED = start();

        static ClientTransport transport(@Nullable Runnable onRequest) {
            return onRequest == null
                    ? new JettyHttpClientTransport(null, SHARED)
                    : new CountedHttp(SHARED, onRequest);
        }

        private static HttpClient start() {
            HttpClient client = new HttpClient();
            if (Boolean.getBoolean("bench.many")) {
                // Each client holds a connection; the default is for a few of them.
                client.setMaxConnectionsPerDestination(20_000);
            }
            return started(client);
        }
    }

    private static final class Sockets {

        private static final WebSocketContainer SHARED = ContainerProvider.getWebSocketContainer();

        static ClientTransport transport() {
            return new WebSocketTransport(null, null, SHARED);
        }
    }

    private final BayeuxClient client;

    CometdPeer(boolean webSocket, URI uri, @Nullable Runnable onRequest) {
        client = new BayeuxClient(uri.toString(), webSocket ? Sockets.transport() : Http.transport(onRequest));
        if (Peer.acknowledges()) {
            client.addExtension(new AckExtension());
        }
    }

    private static HttpClient started(HttpClient client) {
        try {
            client.start();
            return client;
        } catch (Exception failed) {
            throw new IllegalStateException("Jetty's HTTP client does not start.", failed);
        }
    }

    /** Tells of each request; nothing else is different. */
    private static final class CountedHttp extends JettyHttpClientTransport {

        private final Runnable onRequest;

        CountedHttp(HttpClient http, Runnable onRequest) {
            super(null, http);
            this.onRequest = onRequest;
        }

        @Override
        protected void customize(org.eclipse.jetty.client.Request request) {
            onRequest.run();
        }
    }

    @Override
    public void connect() {
        client.handshake();
        if (!client.waitFor(PATIENCE, BayeuxClient.State.CONNECTED)) {
            throw new IllegalStateException("CometD's client has not connected.");
        }
    }

    @Override
    public void subscribe(String channel, View view, Reader reader) {
        ClientSessionChannel.MessageListener listener = (at, message) -> reader.read(value(view, message));
        client.getChannel(Channel.META_HANDSHAKE)
                .addListener((ClientSessionChannel.MessageListener) (at, handshake) -> {
                    if (handshake.isSuccessful()) {
                        client.getChannel(channel).subscribe(listener);
                    }
                });
        CompletableFuture<?> subscribed = new CompletableFuture<>();
        client.getChannel(channel).subscribe(listener, reply -> complete(subscribed, reply));
        subscribed.join();
    }

    private static long value(View view, Message message) {
        // CometD's client has parsed the data into a map before it calls a handler, however many fields there are.
        return view == View.NOTHING || view.compareTo(View.RECORD) > 0
                ? 0
                : ((Number) (message.getData() instanceof Map<?, ?> map ? map.get("n") : message.getData()))
                        .longValue();
    }

    @Override
    public void publish(String channel, Map<String, Object> data) throws Exception {
        publishLater(channel, data).get();
    }

    @Override
    public CompletableFuture<?> publishLater(String channel, Map<String, Object> data) {
        CompletableFuture<?> published = new CompletableFuture<>();
        client.getChannel(channel).publish(data, reply -> complete(published, reply));
        return published;
    }

    @Override
    public void batch(String channel, List<Map<String, Object>> data) throws Exception {
        batchLater(channel, data).get();
    }

    @Override
    public CompletableFuture<?> batchLater(String channel, List<Map<String, Object>> data) {
        CompletableFuture<?>[] published = new CompletableFuture<?>[data.size()];
        client.batch(() -> {
            for (int n = 0; n < published.length; n++) {
                published[n] = publishLater(channel, data.get(n));
            }
        });
        return CompletableFuture.allOf(published);
    }

    private static void complete(CompletableFuture<?> future, Message reply) {
        if (reply.isSuccessful()) {
            future.complete(null);
        } else {
            future.completeExceptionally(new IllegalStateException("Refused: " + reply));
        }
    }

    @Override
    public void close() {
        client.disconnect(PATIENCE);
    }
}
