package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.PeerName;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client is put to. */
interface Load extends AutoCloseable {

    /**
     * Does something and measures it.
     *
     * @param command what; most loads know one thing
     * @return figures by their names
     */
    Map<String, Double> run(String command) throws Exception;

    /** Does what a run does, so that the JVM has compiled it when it counts. Called again and again before the first. */
    default void warmUp() throws Exception {
        run("run");
    }

    @Override
    void close();

    /** What is under test. */
    record Subject(PeerName peer, URI uri, String variant, int size) {

        Peer newPeer() {
            return newPeer(null);
        }

        Peer newPeer(@Nullable Runnable onRequest) {
            return Peer.of(peer, uri, onRequest);
        }

        Peer connectedPeer() throws Exception {
            Peer made = newPeer();
            made.connect();
            return made;
        }

        int variantNumber() {
            return Integer.parseInt(variant.split("-")[0]);
        }
    }
}
