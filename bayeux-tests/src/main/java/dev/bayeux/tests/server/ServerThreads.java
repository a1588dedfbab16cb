package dev.bayeux.tests.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The virtual threads of a server, each with a part of it, which are waited for when it closes. */
final class ServerThreads {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** With names that begin with this one. */
    ServerThreads(String name) {
        this.name = name;
    }

    Thread run(String part, Runnable task) {
        Thread thread = Thread.ofVirtual().name("%s-%s".formatted(name, part)).unstarted(() -> {
            try {
                task.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
        return thread;
    }

    /**
     * Waits until all have ended.
     *
     * @param ending what makes them end; called again, since a thread may still begin something or start another one
     */
    void awaitEnd(Runnable ending) {
        do {
            ending.run();
            running.forEach(ServerThreads::join);
        } while (!running.isEmpty() && !Thread.currentThread().isInterrupted());
    }

    /** Waits for one. */
    static void join(Thread thread) {
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                throw new IllegalStateException("%s has not ended.".formatted(thread.getName()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
