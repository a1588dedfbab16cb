package dev.bayeux.tests.docs;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.BinaryData;
import dev.bayeux.api.error.HeldBackException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.extension.BayeuxMessage;
import dev.bayeux.api.extension.Extension;
import dev.bayeux.api.extension.ExtensionProvider;
import dev.bayeux.api.extension.MessageCredentials;
import dev.bayeux.api.extension.Timesync;
import jakarta.json.Json;
import java.net.URI;

/** What the documents show of extensions, compiled. */
public final class ExtensionRecipes {

    private ExtensionRecipes() {
    }

    static BayeuxClient timesync(URI uri) throws InterruptedException {
        Timesync timesync = new Timesync();
        BayeuxClient client = BayeuxClient.builder(uri).addExtension(timesync).connect();
        timesync.serverTime().ifPresent(time -> System.out.println("there it is " + time));
        return client;
    }

    static BayeuxClient signed(URI uri) throws InterruptedException {
        return BayeuxClient.builder(uri)
                .addExtension(MessageCredentials.forSubscribes(subscribe -> Json.createObjectBuilder()
                        .add("signature",
                                sign(subscribe.subscriptions().getFirst(), subscribe.clientId().orElseThrow()))
                        .build()))
                .connect();
    }

    private static String sign(String channel, String clientId) {
        return Integer.toHexString((channel + clientId).hashCode());
    }

    static void bytes(BayeuxClient client, byte[] png) throws InterruptedException {
        client.publish("/images", BinaryData.of(png));
        client.subscribe("/images", BinaryData.class, message -> show(message.data().bytes()));
    }

    private static void show(byte[] bytes) {
        System.out.println(bytes.length);
    }

    /** Makes a verifier for each client. */
    static final class VerifierProvider implements ExtensionProvider {

        private final String key;

        VerifierProvider(String key) {
            this.key = key;
        }

        @Override
        public String name() {
            return "verifier";
        }

        @Override
        public Extension create() {
            return new Verifier(key);
        }
    }

    static void verified(URI uri, URI other, String key) throws InterruptedException {
        VerifierProvider verifier = new VerifierProvider(key);
        BayeuxClient prices = BayeuxClient.builder(uri).addExtension(verifier).connect();
        BayeuxClient orders = BayeuxClient.builder(other).addExtension(verifier).connect();
        prices.close();
        orders.close();
    }

    static boolean isDelivery(BayeuxMessage message) {
        return !message.isMeta() && !message.channel().isEmpty() && message.text().isPresent();
    }

    static void quota(URI uri, String order) throws InterruptedException {
        Quota quota = new Quota();
        BayeuxClient client = BayeuxClient.builder(uri).addExtension(quota).connect();
        BayeuxClient other = BayeuxClient.builder(uri).addExtension("quota").addExtension("timesync").connect();
        try (client; other) {
            try {
                client.publish("/orders", order);
            } catch (PublishException failed) {
                if (failed.getCause() instanceof HeldBackException held) {
                    System.out.println(held.extension() + " has held it back");
                }
            }
        }
    }
}
