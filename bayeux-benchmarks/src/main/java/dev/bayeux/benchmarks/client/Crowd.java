package dev.bayeux.benchmarks.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Many clients in one process. */
final class Crowd implements AutoCloseable {

    private static final int AT_ONCE = 16;

    private final List<Peer> peers = new ArrayList<>();

    /** What is done with each client. */
    interface Step {
        void perform(Peer peer) throws Exception;
    }

    /** Makes clients and takes the step with each, so many at once. */
    void add(int count, Load.Subject subject, @Nullable Runnable onRequest, Step step) throws Exception {
        List<Future<?>> starting = new ArrayList<>();
        try (ExecutorService starters = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int n = 0; n < count; n++) {
                Peer peer = subject.newPeer(onRequest);
                peers.add(peer);
                starting.add(starters.submit(() -> {
                    step.perform(peer);
                    return null;
                }));
            }
        }
        for (Future<?> started : starting) {
            started.get();
        }
    }

    @Override
    public void close() {
        try (ExecutorService closers = Executors.newFixedThreadPool(AT_ONCE)) {
            peers.forEach(peer -> closers.submit(peer::close));
        }
        peers.clear();
    }
}
