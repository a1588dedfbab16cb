package dev.bayeux.tests.docs;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cometd.bayeux.Channel;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.ext.AckExtension;
import org.cometd.client.http.jetty.JettyHttpClientTransport;
import org.cometd.client.transport.ClientTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;

/** What docs/moving-from-cometd.md shows of CometD's client, compiled; {@link FromCometd} is the other column. */
final class CometdPrograms {

    private CometdPrograms() {
    }

    static void connect(String url) throws Exception {
        HttpClient http = new HttpClient();
        http.start();
        BayeuxClient client = new BayeuxClient(url,
                new JettyHttpClientTransport(null, http));
        client.handshake();
        if (!client.waitFor(5_000, BayeuxClient.State.CONNECTED)) {
            throw new IllegalStateException("not connected");
        }
        use(client);
        client.disconnect(5_000);
        http.stop();
    }

    static void subscribe(BayeuxClient client) {
        client.handshake(reply -> {
            if (reply.isSuccessful()) {
                client.getChannel("/chat/demo").subscribe(
                        (channel, message) -> {
                            Map<String, Object> line = message.getDataAsMap();
                            show((String) line.get("user"), (String) line.get("text"));
                        },
                        answer -> {
                            if (!answer.isSuccessful()) {
                                refused(answer.get("error"));
                            }
                        });
            }
        });
    }

    static void publish(BayeuxClient client) {
        client.getChannel("/chat/demo").publish(
                Map.of("user", "ann", "text", "hello"),
                reply -> {
                    if (!reply.isSuccessful()) {
                        refused(reply.get("error"));
                    }
                });
    }

    static void batch(BayeuxClient client) {
        client.batch(() -> {
            client.getChannel("/orders").publish(1);
            client.getChannel("/orders").publish(2);
        });
    }

    static void call(BayeuxClient client) {
        client.remoteCall("quote", Map.of("symbol", "EU"), reply -> {
            if (reply.isSuccessful()) {
                Map<String, Object> quote = reply.getDataAsMap();
                show((String) quote.get("symbol"), quote.get("cents").toString());
            }
        });
    }

    static void watch(BayeuxClient client) {
        client.getChannel(Channel.META_CONNECT).addListener(
                (ClientSessionChannel.MessageListener) (channel, reply) -> {
                    if (!reply.isSuccessful()) {
                        refused(reply.get("failure"));
                    }
                });
    }

    static BayeuxClient token(String url, HttpClient http, Supplier<String> tokens) {
        return new BayeuxClient(url, new JettyHttpClientTransport(null, http) {
            @Override
            protected void customize(Request request) {
                request.headers(headers -> headers.put(
                        "Authorization", "Bearer " + tokens.get()));
            }
        });
    }

    static BayeuxClient settings(String url, HttpClient http) {
        BayeuxClient client = new BayeuxClient(url, new JettyHttpClientTransport(
                Map.of(ClientTransport.MAX_NETWORK_DELAY_OPTION, 5_000L,
                        ClientTransport.MAX_MESSAGE_SIZE_OPTION, 4 << 20),
                http));
        client.setOption(BayeuxClient.BACKOFF_INCREMENT_OPTION, 500L);
        client.setOption(BayeuxClient.MAX_BACKOFF_OPTION, 20_000L);
        client.addExtension(new AckExtension());
        return client;
    }

    static void awaitTheEnd(BayeuxClient client) {
        if (!client.waitFor(5_000, BayeuxClient.State.DISCONNECTED)) {
            client.abort();
        }
    }

    private static void use(BayeuxClient client) {
        System.out.println(List.of(client.getURL()));
    }

    private static void show(String user, String text) {
        System.out.println(user + ": " + text);
    }

    private static void refused(Object why) {
        System.out.println(why);
    }
}
