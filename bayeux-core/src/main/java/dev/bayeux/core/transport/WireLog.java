package dev.bayeux.core.transport;

import dev.bayeux.api.Observation;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.core.message.Redactor;
import java.util.List;

/**
 * Logs sent and received texts to {@code dev.bayeux.wire} at level debug, without secrets, and keeps the last of them for
 * the report of a client that stops. Never logs headers or cookies.
 */
public final class WireLog {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.wire");
    private static final System.Logger FATAL = System.getLogger("dev.bayeux.client");

    private final String clientName;
    private final Redactor redactor;
    private final LastTexts last;

    public WireLog(String clientName, Redactor redactor, Observation observation) {
        this.clientName = clientName;
        this.redactor = redactor;
        this.last = new LastTexts(observation.logging() ? observation.lastTexts() : 0, observation.lastCharacters());
    }

    /** Hides the id of a session from now on, wherever a text has it. */
    public void hide(String clientId) {
        redactor.remember(clientId);
    }

    void sent(String text) {
        report("sends", text);
    }

    void received(String text) {
        report("receives", text);
    }

    private void report(String what, String text) {
        last.add(what, text);
        try {
            write(what, text);
        } catch (Throwable logFailed) {
            // The log can be the program's: a failure of it must not stop the traffic.
        }
    }

    private void write(String what, String text) {
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(System.Logger.Level.DEBUG, "%s %s %s".formatted(clientName, what, redactor.redact(text)));
        }
    }

    /** Logs a failure in place of an answer; its text contains no secrets. */
    void failed(TransportException failure) {
        last.add("fails: " + failure.getMessage(), "");
    }

    void fatal(BayeuxException why) {
        List<LastTexts.Line> lines = last.all();
        if (!lines.isEmpty() && FATAL.isLoggable(System.Logger.Level.WARNING)) {
            // A client id may appear in a channel or failure before the request that reveals it, so all texts are searched.
            lines.forEach(line -> redactor.learn(line.text()));
            StringBuilder text = new StringBuilder("%s has stopped: %s%nThe last that it sent and received:"
                    .formatted(clientName, redactor.withoutIds(String.valueOf(why.getMessage()))));
            lines.forEach(line -> text.append("%n  %s %s".formatted(redactor.withoutIds(line.what()),
                    line.text().isEmpty() ? "" : redactor.redact(line.text())).stripTrailing()));
            FATAL.log(System.Logger.Level.WARNING, text.toString());
        }
    }
}
