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
 * Keeps a client connected, on a separate thread, because Kafka Connect must not wait for a server. If the client stops
 * by a temporary failure, connects it again after the backoff ({@code bayeux.retry.backoff.ms}). Any other failure
 * fails the task.
 */
final class ServerConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
    /** The length of one wait for the end of a session. */
    private static final Duration WATCH = Duration.ofHours(1);

    /** The step that follows each successful call of {@code connect}. */
    interface Preparation {

        /**
         * Prepares the client, for example subscribes.
         *
         * @throws BayeuxException if the step fails; it is repeated after the backoff unless the failure is final
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

    /** Makes {@link #check} throw a failure, unless there was an earlier one. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /** Throws the failure of the task, if there is one. */
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
            // close() has interrupted this thread.
        } catch (RuntimeException unexpected) {
            fail(unexpected);
        }
    }

    /** Connects the client, and returns when it is disconnected. */
    private void connect() throws InterruptedException {
        try {
            client.connect();
            hadSession = true;
            preparation.prepare();
            while (client.awaitState(ClientState::isDisconnected, WATCH).isEmpty() && closed.getCount() > 0) {
                LOG.trace("Still connected.");
            }
            if (closed.getCount() > 0) {
                client.state().lastFailure().ifPresent(this::handle);
            }
        } catch (DisconnectedException lost) {
            handle(client.state().lastFailure().orElse(lost));
        } catch (BayeuxException failed) {
            handle(failed);
        }
    }

    private void handle(BayeuxException cause) {
        if (closed.getCount() == 0) {
            return;
        }
        boolean mayPass = hadSession && retriesRefusals && Failures.isRequestRefused(cause);
        if (Failures.isFinal(cause) && !mayPass) {
            fail(cause);
        } else {
            LOG.warn("There is no session; the task connects again after the backoff: {}", cause.getMessage());
        }
    }

    /** Ends the session and releases all resources, within little more than 2 s. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        client.close();
    }
}
