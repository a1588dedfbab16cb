package dev.bayeux.cli.console;

import dev.bayeux.api.error.BatchException;
import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.TransportException;

/** The exit codes of the program. Scripts rely on the numbers, so they never change. */
public enum ExitCode {

    /** The command succeeded. */
    OK(0, "success"),
    /** An unexpected failure, most likely a bug. */
    INTERNAL(1, "an unexpected failure, most likely a bug"),
    /** The arguments cannot be used. */
    USAGE(2, "an argument or option cannot be used"),
    /** The server cannot be reached, or does not speak Bayeux. */
    UNREACHABLE(3, "the server cannot be reached, or does not speak Bayeux"),
    /** The server refused a request. */
    REFUSED(4, "the server refused a handshake, subscribe, publish or call"),
    /** The server requires credentials, or refused those that it got. */
    UNAUTHORIZED(5, "the server requires credentials, or refuses those it got"),
    /** A reply or a message did not arrive in time. */
    TIMED_OUT(6, "no answer, or too few messages, in time"),
    /** The server ended the session. */
    ENDED(7, "the server ended the session"),
    /** The input cannot be used. */
    BAD_INPUT(8, "the input cannot be read, or is not JSON"),
    /** The output or a position cannot be written. */
    NOT_WRITTEN(9, "the output, or the file of positions, cannot be written"),
    /** {@code probe --check} has found something odd. */
    ODD(10, "probe --check has found something odd");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /**
     * {@return the number}
     */
    public int code() {
        return code;
    }

    /**
     * {@return the meaning, for the help}
     */
    public String meaning() {
        return meaning;
    }

    /**
     * Finds the exit code of a failure.
     *
     * @param failed what was thrown
     * @return its code
     */
    public static ExitCode of(Throwable failed) {
        return switch (failed) {
            case BadInputException input -> BAD_INPUT;
            case TooLateException late -> TIMED_OUT;
            case OutputClosedException closed -> OK;
            case OutputException full -> NOT_WRITTEN;
            case ConfigurationException wrong -> USAGE;
            case IllegalArgumentException wrong -> USAGE;
            case BatchException several -> of(several.failures().values().iterator().next());
            case BayeuxException bayeux -> ofBayeux(bayeux);
            default -> INTERNAL;
        };
    }

    private static ExitCode ofBayeux(BayeuxException failed) {
        if (failed.kind() == FailureKind.AUTHENTICATION) {
            return UNAUTHORIZED;
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case RefusedException refused -> {
                    return failed instanceof DisconnectedException ? ENDED : REFUSED;
                }
                case ConfigurationException wrong -> {
                    return USAGE;
                }
                case TransportException transport -> {
                    return transport.problem() == TransportException.Problem.TIMED_OUT
                            && failed instanceof PublishException ? TIMED_OUT : UNREACHABLE;
                }
                case MalformedMessageException malformed -> {
                    return UNREACHABLE;
                }
                default -> {
                    // A cause of this cause may decide.
                }
            }
        }
        return switch (failed) {
            case DisconnectedException ended -> ENDED;
            case HandshakeException noSession -> UNREACHABLE;
            case PositionException notKept -> NOT_WRITTEN;
            case PublishException unanswered -> unanswered.outcome() == PublishException.Outcome.NOT_SENT
                    ? UNREACHABLE
                    : unanswered.outcome() == PublishException.Outcome.REFUSED ? REFUSED : TIMED_OUT;
            default -> failed.kind() == FailureKind.TRANSIENT ? TIMED_OUT : UNREACHABLE;
        };
    }
}
