package dev.bayeux.tests.broken;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import dev.bayeux.api.spi.Batch;
import dev.bayeux.api.spi.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Transports over WebSocket with a mistake in what they do. */
final class SocketFaults {

    private SocketFaults() {
    }

    /** One that does everything right. */
    private abstract static class Sound implements Transport {

        final Transport sound;

        Sound(Transport sound) {
            this.sound = sound;
        }

        @Override
        public @Nullable String send(Batch batch) throws InterruptedException {
            return sound.send(batch);
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

        NeverDrops(Transport sound) {
            super(sound);
        }

        @Override
        public void dropConnection() {
            // As one that was written before there was such a thing.
        }
    }

    /** Does not close its socket. */
    static final class StaysOpen extends Sound {

        StaysOpen(Transport sound) {
            super(sound);
        }

        @Override
        public void close() {
            // Forgotten.
        }
    }

    /** Leaves a thread behind for each transport. */
    static final class LeavesThread extends Sound {

        LeavesThread(Transport sound) {
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
        @Nullable
        String send(Transport sound, Batch batch) throws InterruptedException;
    }

    /** One that sends in another way. */
    static UnaryOperator<Transport> sending(Sending fault) {
        return transport -> new Sound(transport) {

            @Override
            public @Nullable String send(Batch batch) throws InterruptedException {
                return fault.send(sound, batch);
            }
        };
    }

    /** Sends on a thread that nobody can interrupt. */
    static @Nullable String uninterruptibly(Transport sound, Batch batch) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return sound.send(batch);
                } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                }
            }, task -> Thread.ofVirtual().start(task)).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof TransportException known ? known : failed;
        }
    }

    /** Takes as long as it takes. */
    static @Nullable String withoutLimit(Transport sound, Batch batch) throws InterruptedException {
        return sound.send(new Batch(batch.text(), Duration.ofDays(1)));
    }

    /** Does not tell a refused upgrade from a lost connection. */
    static @Nullable String losingRefusals(Transport sound, Batch batch) throws InterruptedException {
        try {
            return sound.send(batch);
        } catch (TransportException failed) {
            throw failed.problem() == Problem.NOT_UPGRADED
                    ? new TransportException(Problem.LOST, "lost", failed)
                    : failed;
        }
    }

    /** Sends once more what could not be sent. */
    static @Nullable String again(Transport sound, Batch batch) throws InterruptedException {
        try {
            return sound.send(batch);
        } catch (TransportException failed) {
            return sound.send(batch);
        }
    }

    /** Returns before anything is written. */
    static @Nullable String later(Transport sound, Batch batch) {
        Thread.ofVirtual().name("later").start(() -> {
            try {
                sound.send(batch);
            } catch (InterruptedException | TransportException lost) {
                // Nobody hears of it.
            }
        });
        return null;
    }
}
