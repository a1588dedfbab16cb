package dev.bayeux.cli.console;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Connects a client for the first time. Without {@code --retry} the first permanent failure ends the attempt, and so do
 * two transient failures for each transport, because a person or a script waits for the result.
 */
public final class Connecting {

    private final String server;
    private final boolean impatient;
    private final int mostFailures;
    private final int mostRefusals;
    private final boolean verbose;

    /**
     * Describes how to connect.
     *
     * @param server the address of the server, without secrets
     * @param impatient whether failures end the attempt; if not, only the limits of the client end it
     * @param alternatives how many transports may be tried one after the other
     * @param credentialsMayChange whether the client can ask for other credentials when the server refuses them
     * @param verbose whether each step is shown
     */
    public Connecting(String server, boolean impatient, int alternatives, boolean credentialsMayChange,
            boolean verbose) {
        this.server = server;
        this.impatient = impatient;
        // The client makes up to two attempts over a transport before it changes to the next one.
        this.mostFailures = 2 * alternatives;
        this.mostRefusals = credentialsMayChange ? 2 : 1;
        this.verbose = verbose;
    }

    /**
     * Makes a client and connects it, and shows a progress line meanwhile.
     *
     * @param console shows the progress line
     * @param builder makes the client
     * @param later receives the events after the client is connected
     * @return the client, connected
     * @throws InterruptedException if a signal comes
     * @throws BayeuxException if the server cannot be reached, or refuses
     */
    public BayeuxClient connect(Console console, ClientBuilder builder, Consumer<ClientEvent> later)
            throws InterruptedException {
        try (Progress progress = console.waitFor("connecting to " + server)) {
            return connect(console, builder, later, progress);
        }
    }

    /**
     * Makes a client and connects it under a progress line that exists already.
     *
     * @param console shows each step, if the user wants that
     * @param builder makes the client
     * @param later receives the events after the client is connected
     * @param progress the progress line
     * @return the client, connected
     * @throws InterruptedException if a signal comes
     */
    public BayeuxClient connect(Console console, ClientBuilder builder, Consumer<ClientEvent> later,
            Progress progress) throws InterruptedException {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        Watch watch = new Watch(console, progress, settled, later);
        BayeuxClient client = builder.onEvent(watch).build();
        boolean connected = false;
        try {
            client.async().connect().whenComplete((nothing, failed) -> {
                if (failed == null) {
                    settled.complete(null);
                } else {
                    settled.completeExceptionally(failed);
                }
            });
            settled.get();
            connected = true;
            watch.connected = true;
            return client;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException reason
                    ? reason
                    : new IllegalStateException(failed.getCause());
        } finally {
            if (!connected) {
                client.close();
            }
        }
    }

    /** Counts the failures until the client is connected, and passes later events on. */
    private final class Watch implements Consumer<ClientEvent> {

        private final Console console;
        private final Progress progress;
        private final CompletableFuture<Void> settled;
        private final Consumer<ClientEvent> later;
        private volatile boolean connected;
        private int failures;

        Watch(Console console, Progress progress, CompletableFuture<Void> settled, Consumer<ClientEvent> later) {
            this.console = console;
            this.progress = progress;
            this.settled = settled;
            this.later = later;
        }

        @Override
        public void accept(ClientEvent event) {
            if (verbose) {
                show(event);
            }
            if (connected) {
                later.accept(event);
            } else if (event instanceof ClientEvent.AttemptFailed failed) {
                failed(failed.cause());
            }
        }

        private void failed(BayeuxException cause) {
            failures++;
            String why = Explanation.brief(cause);
            if (impatient && isHopeless(cause)) {
                settled.completeExceptionally(cause);
            } else if (!settled.isDone()) {
                progress.show("trying again: " + why);
                if (!console.showsProgress() && !verbose) {
                    console.event("trying again: " + why);
                }
            }
        }

        private boolean isHopeless(BayeuxException cause) {
            boolean otherTransport = mostFailures > 2 && cause instanceof TransportException failed
                    && failed.problem() == TransportException.Problem.NOT_UPGRADED;
            return switch (cause.kind()) {
                case PERMANENT, CONFIGURATION -> !otherTransport;
                case AUTHENTICATION -> failures >= mostRefusals;
                case TRANSIENT -> failures >= mostFailures;
            };
        }

        private void show(ClientEvent event) {
            switch (event) {
                case ClientEvent.StateChanged changed -> console.event("%s%s".formatted(
                        changed.now().status().name().toLowerCase(java.util.Locale.ROOT),
                        changed.now().transport().map(name -> " over " + Wording.transport(name)).orElse("")));
                case ClientEvent.Failure failure -> console.event("failed: " + Explanation.brief(failure.cause()));
                default -> console.event(Explanation.visible(event.toString()));
            }
        }
    }
}
