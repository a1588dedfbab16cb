package dev.bayeux.benchmarks.client;

import dev.bayeux.benchmarks.PeerName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client under test, as far as it is measured. Each method is what its manual says to do for that. */
interface Peer extends AutoCloseable {

    /** What a handler looks at. */
    enum View {
        /** That a message is there. */
        NOTHING,
        /** The data as text; CometD has none but the map. */
        TEXT,
        /** A number in the data, found by its name. */
        FIELD,
        /** The same number, the data being bound to a record; CometD has none but the map. */
        RECORD,
        /** A record of ten numbers. */
        TEN,
        /** A record of ten records of ten numbers. */
        HUNDRED,
        /** Three levels of records. */
        THOUSAND
    }

    /** Gets a message. */
    interface Reader {

        /**
         * One is there.
         *
         * @param value what was looked at; 0 for nothing
         */
        void read(long value);
    }

    /** Returns when the server has accepted the session and a connect. */
    void connect() throws Exception;

    /** Returns when the server has said yes. */
    void subscribe(String channel, View view, Reader reader) throws Exception;

    /** Returns when the server has said yes. */
    void publish(String channel, Map<String, Object> data) throws Exception;

    /** Returns at once; says later whether the server has said yes. */
    CompletableFuture<?> publishLater(String channel, Map<String, Object> data);

    /** Returns when the server has said yes to all. */
    void batch(String channel, List<Map<String, Object>> data) throws Exception;

    /** Returns at once; completes when the server has accepted all messages of the batch. */
    CompletableFuture<?> batchLater(String channel, List<Map<String, Object>> data);

    @Override
    void close();

    /** {@return whether the client acknowledges deliveries, as the server does in this run} */
    static boolean acknowledges() {
        return Boolean.getBoolean("bench.acknowledge");
    }

    /** A new client that is not connected yet; may tell of each request. */
    static Peer of(PeerName name, URI uri, @Nullable Runnable onRequest) {
        if (name.floor()) {
            return RawPeer.to(uri, name.webSocket());
        }
        return name.ours()
                ? new OurPeer(name.text(), uri, onRequest)
                : new CometdPeer(name.webSocket(), uri, onRequest);
    }
}
