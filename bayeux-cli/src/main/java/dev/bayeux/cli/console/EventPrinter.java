package dev.bayeux.cli.console;

import dev.bayeux.api.BayeuxClient;
import dev.bayeux.api.ClientBuilder;
import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the user what becomes of the connection: on the progress line while it is made, in lines of its own later. */
public final class EventPrinter implements Consumer<ClientEvent> {

    private final Console console;
    private volatile @Nullable Progress connecting;
    private volatile boolean lost;

    /**
     * Tells a console.
     *
     * @param console where to
     */
    public EventPrinter(Console console) {
        this.console = console;
    }

    /**
     * Connects, with a line that says so.
     *
     * @param server its address, as it may be shown
     * @param builder has this as a listener already
     * @return the client
     * @throws InterruptedException if a signal comes
     */
    public BayeuxClient connecting(String server, ClientBuilder builder) throws InterruptedException {
        try (Progress progress = console.waitFor("connecting to " + server)) {
            connecting = progress;
            return builder.connect();
        } finally {
            connecting = null;
        }
    }

    @Override
    public void accept(ClientEvent event) {
        Progress progress = connecting;
        if (progress != null) {
            if (event instanceof ClientEvent.AttemptFailed failed) {
                progress.tell("trying again: " + Explanation.visible(String.valueOf(failed.cause().getMessage())));
            }
            return;
        }
        switch (event) {
            case ClientEvent.StateChanged changed -> changed(changed.now());
            case ClientEvent.SessionRenewed renewed -> console
                    .note("a new session: what was published meanwhile may have been missed");
            case ClientEvent.AttemptFailed failed -> {
                // The state that follows tells it.
            }
            case ClientEvent.ReplayGap gap -> console.warn(Explanation.of(gap.cause()));
            case ClientEvent.HandlerFailed failed when failed.cause() instanceof OutputException -> {
                // That ends the program, which tells it.
            }
            case ClientEvent.PositionNotSaved notKept -> {
                console.warn(Explanation.of(notKept.cause()));
                console.remember(notKept.cause());
            }
            case ClientEvent.Failure failure -> console.warn(Explanation.of(failure.cause()));
            case ClientEvent.MessagesDropped dropped -> console
                    .warn("%d messages were dropped: nothing reads them fast enough".formatted(dropped.count()));
            case ClientEvent.ServerAskedToWait asked -> console
                    .note("the server asks for a wait of %d s".formatted(asked.duration().toSeconds()));
            case ClientEvent.ReceivingPaused paused -> console
                    .note("the server is asked for no more until what came is written");
            default -> {
                // Nothing that a user must know.
            }
        }
    }

    private void changed(ClientState now) {
        if (now.status() == ConnectionStatus.CONNECTED && lost) {
            lost = false;
            console.note("connected again");
        } else if ((now.status() == ConnectionStatus.UNCONNECTED || now.status() == ConnectionStatus.REHANDSHAKING)
                && now.lastFailure().isPresent()) {
            lost = true;
            console.note("connection lost: %s %s".formatted(
                    Explanation.visible(String.valueOf(now.lastFailure().get().getMessage())), next(now)));
        }
    }

    private static String next(ClientState now) {
        return now.nextAttempt()
                .map(when -> "Next attempt in %d s.".formatted(
                        Math.max(1, Duration.between(Instant.now(), when).toSeconds())))
                .orElse("Trying again.");
    }
}
