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
     * @param console the console
     */
    public EventPrinter(Console console) {
        this(console, reason -> {});
    }

    /**
     * Prints events to a console, and reports when the client has become disconnected by a failure.
     *
     * @param console the console
     * @param onEnd receives the failure that ended the session
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
                    .event("a new session: messages that were published in between may have been missed");
            case ClientEvent.AttemptFailed failed -> {
                // The state change that follows reports the failure.
            }
            case ClientEvent.ReplayGap gap -> console.warn(Explanation.of(gap.cause()));
            case ClientEvent.HandlerFailed failed when failed.cause() instanceof OutputException -> {
                // The failure of the output ends the program, which then reports the failure.
            }
            case ClientEvent.PositionNotSaved notKept -> {
                console.warn(Explanation.of(notKept.cause()));
                console.remember(notKept.cause());
            }
            case ClientEvent.Failure failure -> console.warn(Explanation.of(failure.cause()));
            case ClientEvent.MessagesDropped dropped -> console
                    .warn("%d messages were dropped: they arrived faster than the command writes them"
                            .formatted(dropped.count()));
            case ClientEvent.ServerAskedToWait asked -> console
                    .note("the server asks for a wait of %d s".formatted(asked.duration().toSeconds()));
            case ClientEvent.ReceivingPaused paused -> console
                    .event("the output is slower than the server: the command asks for no more messages until it has written those that wait");
            default -> {
                // Users need not know of the other events.
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
            // A command that waits for a message or reply fails by itself; a shell would not notice the end.
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
