package dev.bayeux.cli.console;

import dev.bayeux.api.ClientEvent;
import dev.bayeux.api.ClientState;
import dev.bayeux.api.ConnectionStatus;
import dev.bayeux.api.error.BayeuxException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Prints the events of a connected client. */
public final class EventPrinter implements Consumer<ClientEvent> {

    private final Console console;
    private final Consumer<BayeuxException> onEnd;
    private volatile boolean lost;

    /**
     * Prints events to a console.
     *
     * @param console where to
     */
    public EventPrinter(Console console) {
        this(console, reason -> {});
    }

    /**
     * Prints events to a console, and reports when there will be no further session.
     *
     * @param console where to
     * @param onEnd takes the reason why the session has ended for good
     */
    public EventPrinter(Console console, Consumer<BayeuxException> onEnd) {
        this.console = console;
        this.onEnd = onEnd;
    }

    @Override
    public void accept(ClientEvent event) {
        switch (event) {
            case ClientEvent.StateChanged changed -> changed(changed.now());
            case ClientEvent.SessionRenewed renewed -> console
                    .event("a new session: what was published meanwhile may have been missed");
            case ClientEvent.AttemptFailed failed -> {
                // The change of state that follows reports it.
            }
            case ClientEvent.ReplayGap gap -> console.warn(Explanation.of(gap.cause()));
            case ClientEvent.HandlerFailed failed when failed.cause() instanceof OutputException -> {
                // That ends the program, which reports it.
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
                    .event("the output is slower than the server: the command asks for no more until it has written what came");
            default -> {
                // Nothing that a user must know.
            }
        }
    }

    private void changed(ClientState now) {
        if (now.status() == ConnectionStatus.CONNECTED && lost) {
            lost = false;
            console.event("connected again");
        } else if ((now.status() == ConnectionStatus.RECONNECTING || now.status() == ConnectionStatus.REHANDSHAKING)
                && now.lastFailure().isPresent()) {
            lost = true;
            console.event("connection lost: %s %s".formatted(
                    Explanation.brief(now.lastFailure().get()), next(now)));
        } else if (now.isDisconnected() && now.lastFailure().isPresent()) {
            // Commands that wait for something fail by themselves; a shell would never hear of it.
            onEnd.accept(now.lastFailure().get());
        }
    }

    private static String next(ClientState now) {
        return now.nextAttempt()
                .map(when -> "Next attempt in %d s.".formatted(
                        Math.max(1, Duration.between(Instant.now(), when).toSeconds())))
                .orElse("Trying again.");
    }
}
