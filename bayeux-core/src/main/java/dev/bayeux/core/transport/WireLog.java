package dev.bayeux.core.transport;

import dev.bayeux.core.message.Redactor;

/**
 * Writes what travels to the logger {@code dev.bayeux.wire}, level debug, without secrets. Headers and cookies are not
 * written at all.
 */
final class WireLog {

    private static final System.Logger LOG = System.getLogger("dev.bayeux.wire");

    private final String clientName;
    private final Redactor redactor;

    WireLog(String clientName, Redactor redactor) {
        this.clientName = clientName;
        this.redactor = redactor;
    }

    void sent(String text) {
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(System.Logger.Level.DEBUG, clientName + " sends " + redactor.redact(text));
        }
    }

    void received(String text) {
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(System.Logger.Level.DEBUG, clientName + " receives " + redactor.redact(text));
        }
    }
}
