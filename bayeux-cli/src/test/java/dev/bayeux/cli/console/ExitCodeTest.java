package dev.bayeux.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bayeux.api.error.BayeuxException;
import dev.bayeux.api.error.ConfigurationException;
import dev.bayeux.api.error.DisconnectedException;
import dev.bayeux.api.error.FailureKind;
import dev.bayeux.api.error.HandshakeException;
import dev.bayeux.api.error.MalformedMessageException;
import dev.bayeux.api.error.PositionException;
import dev.bayeux.api.error.PublishException;
import dev.bayeux.api.error.RefusedException;
import dev.bayeux.api.error.ServerError;
import dev.bayeux.api.error.SubscribeException;
import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each failure has its exit code. */
class ExitCodeTest {

    private static final RefusedException NO = new RefusedException(FailureKind.PERMANENT, "/meta/subscribe",
            ServerError.parse("403:/a:no"), JsonValue.EMPTY_JSON_OBJECT);

    private static TransportException transport(Problem problem) {
        return new TransportException(problem, "It failed.", null);
    }

    private static PublishException publish(PublishException.Outcome outcome, BayeuxException cause) {
        return new PublishException(FailureKind.TRANSIENT, outcome, "/a", "Not published.", cause);
    }

    @Test
    void eachCodeHasADifferentNumber() {
        Set<Integer> codes = Stream.of(ExitCode.values()).map(ExitCode::code).collect(Collectors.toSet());
        assertEquals(ExitCode.values().length, codes.size());
    }

    @Test
    void aFailureToConnectHasTheCodeOfItsCause() {
        assertEquals(ExitCode.UNREACHABLE, ExitCode.of(new HandshakeException(FailureKind.TRANSIENT, "No.",
                transport(Problem.NOT_CONNECTED))));
        assertEquals(ExitCode.UNREACHABLE, ExitCode.of(new HandshakeException(FailureKind.PERMANENT, "No.",
                new MalformedMessageException("A page.", null))));
        assertEquals(ExitCode.UNAUTHORIZED, ExitCode.of(new HandshakeException(FailureKind.AUTHENTICATION, "No.",
                TransportException.ofStatus(401, null, "401"))));
        assertEquals(ExitCode.REFUSED, ExitCode.of(new HandshakeException(FailureKind.PERMANENT, "No.", NO)));
        assertEquals(ExitCode.UNREACHABLE,
                ExitCode.of(new HandshakeException(FailureKind.TRANSIENT, "Too late.", null)));
        assertEquals(ExitCode.USAGE, ExitCode.of(new ConfigurationException("No such transport.")));
    }

    @Test
    void aFailedRequestHasTheCodeOfItsCause() {
        assertEquals(ExitCode.REFUSED,
                ExitCode.of(new SubscribeException(FailureKind.PERMANENT, "/a", "Refused.", NO)));
        assertEquals(ExitCode.REFUSED, ExitCode.of(publish(PublishException.Outcome.REFUSED, NO)));
        assertEquals(ExitCode.TIMED_OUT,
                ExitCode.of(publish(PublishException.Outcome.UNKNOWN, transport(Problem.TIMED_OUT))));
        assertEquals(ExitCode.UNREACHABLE,
                ExitCode.of(publish(PublishException.Outcome.UNKNOWN, transport(Problem.LOST))));
        assertEquals(ExitCode.ENDED, ExitCode.of(new DisconnectedException(FailureKind.PERMANENT, "Ended.", NO)));
        assertEquals(ExitCode.ENDED, ExitCode.of(new DisconnectedException(FailureKind.PERMANENT, "Ended.", null)));
    }

    @Test
    void anUnsavedPositionIsNotWrittenAndARefusedOneIsRefused() {
        assertEquals(ExitCode.NOT_WRITTEN,
                ExitCode.of(new PositionException("/a", "Not saved.", new IOException("disk full"))));
        assertEquals(ExitCode.REFUSED, ExitCode.of(new PositionException("/a", "Not honoured.", NO)));
    }

    @Test
    void wrongInputTimeoutsArgumentsAndBugsHaveDifferentCodes() {
        assertEquals(ExitCode.BAD_INPUT, ExitCode.of(new BadInputException("Not JSON.")));
        assertEquals(ExitCode.TIMED_OUT, ExitCode.of(new TooLateException("Nothing came.")));
        assertEquals(ExitCode.USAGE, ExitCode.of(new IllegalArgumentException("No channel.")));
        assertEquals(ExitCode.INTERNAL, ExitCode.of(new IllegalStateException("A bug.")));
    }
}
