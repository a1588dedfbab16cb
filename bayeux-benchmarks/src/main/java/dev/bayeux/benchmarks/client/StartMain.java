package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.PeerName;
import dev.bayeux.benchmarks.client.Peer.View;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A whole program: connects, subscribes, publishes, and prints a line when that is delivered. */
public final class StartMain {

    /** The line. */
    public static final String DELIVERED = "DELIVERED";

    private StartMain() {
    }

    /**
     * The process.
     *
     * @param args the peer, the server
     */
    public static void main(String[] args) throws Exception {
        CountDownLatch delivered = new CountDownLatch(1);
        Peer peer = Peer.of(PeerName.of(args[0]), URI.create(args[1]), null);
        peer.connect();
        peer.subscribe("/start", View.FIELD, value -> delivered.countDown());
        peer.publish("/start", Map.of("n", 1));
        if (delivered.await(1, TimeUnit.MINUTES)) {
            System.out.println(DELIVERED);
        }
        System.exit(0);
    }
}
