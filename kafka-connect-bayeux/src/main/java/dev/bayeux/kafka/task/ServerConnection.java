package dev.bayeux.kafka.task;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.kafka.config.ServerConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a client connected, on a thread of the task's own: Kafka Connect must not wait for a server. Failures that may pass
 * are left to the client; any other becomes the failure of the task.
 */
final class ServerConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
    /** How long one wait for the end of a session lasts. */
    private static final Duration WATCH = Duration.ofHours(1);

    /** What follows a first connect. */
    interface Preparation {

        /**
         * Subscribes, for example.
         *
         * @throws BayeuxException if that fails; it is repeated after the backoff unless the failure is final
         */
        void prepare() throws InterruptedException;
    }

    private final BayeuxClient client;
    private final Preparation preparation;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private final boolean retriesRefusals;
    /** Whether the client has ever had a session. Only the thread of this connection uses the field. */
    private boolean hadSession;

    ServerConnection(BayeuxClient client, String name, ServerConfig config, Preparation preparation) {
        this.client = client;
        this.pause = Duration.ofMillis(config.getInt(ServerConfig.BACKOFF));
        this.retriesRefusals = ClientSettings.isRetriedAfterRefusal(config);
        this.preparation = preparation;
        this.thread = Thread.ofVirtual().name("bayeux-%s-connect".formatted(name)).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Makes the task fail. The first failure counts. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /** Throws what makes the task fail. */
    void check() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw Failures.of(cause);
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0 && failure.get() == null) {
                connect();
                closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException end) {
            // Of this connection.
        } catch (RuntimeException unexpected) {
            fail(unexpected);
        }
    }

    /** Connects, and returns when there is no session any more and none is being made. */
    private void connect() throws InterruptedException {
        try {
            client.connect();
            hadSession = true;
            preparation.prepare();
            while (client.awaitState(ClientState::isDisconnected, WATCH).isEmpty() && closed.getCount() > 0) {
                LOG.trace("Still connected.");
            }
            if (closed.getCount() > 0) {
                client.state().lastFailure().ifPresent(this::judge);
            }
        } catch (DisconnectedException lost) {
            judge(client.state().lastFailure().orElse(lost));
        } catch (BayeuxException failed) {
            judge(failed);
        }
    }

    private void judge(BayeuxException cause) {
        if (closed.getCount() == 0) {
            return;
        }
        boolean mayPass = hadSession && retriesRefusals && Failures.isRequestRefused(cause);
        if (Failures.isFinal(cause) && !mayPass) {
            fail(cause);
        } else {
            LOG.warn("No session yet, or no longer; it is tried again: {}", cause.getMessage());
        }
    }

    /** Ends the session and frees everything, within two seconds or little more. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        client.close();
    }
}
