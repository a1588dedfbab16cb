package dev.bayeux.tests.broken;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.FullDuplexTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Transports over WebSocket with a mistake in what they do. */
final class SocketFaults {

    private SocketFaults() {
    }

    /** One that does everything right. */
    private abstract static class Sound implements FullDuplexTransport {

        final FullDuplexTransport sound;

        Sound(FullDuplexTransport sound) {
            this.sound = sound;
        }

        @Override
        public void send(Batch batch) throws InterruptedException {
            sound.send(batch);
        }

        @Override
        public void dropConnection() {
            sound.dropConnection();
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    /** Leaves a peer that is gone where it is. */
    static final class NeverDrops extends Sound {

        NeverDrops(FullDuplexTransport sound) {
            super(sound);
        }

        @Override
        public void dropConnection() {
            // As one that was written before there was such a thing.
        }
    }

    /** Does not close its socket. */
    static final class StaysOpen extends Sound {

        StaysOpen(FullDuplexTransport sound) {
            super(sound);
        }

        @Override
        public void close() {
            // Forgotten.
        }
    }

    /** Leaves a thread running for each transport. */
    static final class LeavesThread extends Sound {

        LeavesThread(FullDuplexTransport sound) {
            super(sound);
        }

        @Override
        public void close() {
            Thread.ofVirtual().name("left-behind").start(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException never) {
                    Thread.currentThread().interrupt();
                }
            });
            super.close();
        }
    }

    /** What one does instead of handing a batch to a sound one. */
    interface Sending {
        void send(FullDuplexTransport sound, Batch batch) throws InterruptedException;
    }

    /** One that sends in another way. */
    static UnaryOperator<FullDuplexTransport> sending(Sending fault) {
        return transport -> new Sound(transport) {

            @Override
            public void send(Batch batch) throws InterruptedException {
                fault.send(sound, batch);
            }
        };
    }

    /** Sends on a thread that nobody can interrupt. */
    static void uninterruptibly(FullDuplexTransport sound, Batch batch) {
        try {
            CompletableFuture.runAsync(() -> {
                try {
                    sound.send(batch);
                } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                }
            }, task -> Thread.ofVirtual().start(task)).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof TransportException known ? known : failed;
        }
    }

    /** Takes as long as it takes. */
    static void withoutLimit(FullDuplexTransport sound, Batch batch) throws InterruptedException {
        sound.send(new Batch(batch.text(), Duration.ofDays(1)));
    }

    /** Does not tell a refused upgrade from a lost connection. */
    static void losingRefusals(FullDuplexTransport sound, Batch batch) throws InterruptedException {
        try {
            sound.send(batch);
        } catch (TransportException failed) {
            throw failed.problem() == Problem.NOT_UPGRADED
                    ? new TransportException(Problem.LOST, "lost", failed)
                    : failed;
        }
    }

    /** Sends once more what could not be sent. */
    static void again(FullDuplexTransport sound, Batch batch) throws InterruptedException {
        try {
            sound.send(batch);
        } catch (TransportException failed) {
            sound.send(batch);
        }
    }

    /** Sends everything once more. */
    static void twice(FullDuplexTransport sound, Batch batch) throws InterruptedException {
        sound.send(batch);
        sound.send(batch);
    }

    /** Sends only the beginning. */
    static void cut(FullDuplexTransport sound, Batch batch) throws InterruptedException {
        sound.send(new Batch(batch.text().substring(0, Math.min(batch.text().length(), 20)), batch.limit()));
    }

    /** Returns before anything is written. */
    static void later(FullDuplexTransport sound, Batch batch) {
        Thread.ofVirtual().name("later").start(() -> {
            try {
                sound.send(batch);
            } catch (InterruptedException | TransportException lost) {
                // Nobody hears of it.
            }
        });
    }
}
