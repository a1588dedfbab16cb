package dev.bayeux.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bayeux.api.error.TransportException;
import dev.bayeux.api.error.TransportException.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LongPollingTransportFailuresTest {

    private final FakeExchanger http = new FakeExchanger();
    private final LongPollingTransport transport = new LongPollingTransport(TransportContext
            .to(URI.create("https://user:s3cret@host/cometd?key=s3cret")).withMaxReplyBytes(1000), http);

    private TransportException failure(Exception cause) {
        http.failure = cause;
        return assertThrows(TransportException.class, () -> transport.send(new Batch("[{}]", Duration.ofMillis(1500))));
    }

    static List<Arguments> whatWentWrongIsToldInWordsThatNoHttpClientOwns() {
        return List.of(Arguments.of(new UnknownHostException("host"), Problem.UNKNOWN_HOST, true),
                Arguments.of(cause(new ConnectException(), new UnresolvedAddressException()), Problem.UNKNOWN_HOST,
                        true),
                Arguments.of(new ConnectException("refused"), Problem.NOT_CONNECTED, true),
                Arguments.of(new NoRouteToHostException(), Problem.NOT_CONNECTED, true),
                Arguments.of(new SSLHandshakeException("PKIX"), Problem.UNTRUSTED, true),
                Arguments.of(new SSLPeerUnverifiedException("name"), Problem.UNTRUSTED, true),
                Arguments.of(new IOException(new SSLHandshakeException("PKIX")), Problem.UNTRUSTED, true),
                Arguments.of(new SSLException("reset"), Problem.LOST, false),
                Arguments.of(new SocketException("reset"), Problem.LOST, false),
                Arguments.of(new ClosedChannelException(), Problem.LOST, false),
                Arguments.of(new IOException("EOF"), Problem.LOST, false),
                Arguments.of(new TimeoutException(), Problem.TIMED_OUT, false));
    }

    private static IOException cause(IOException failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    @ParameterizedTest
    @MethodSource
    void whatWentWrongIsToldInWordsThatNoHttpClientOwns(Exception cause, Problem problem, boolean notSent) {
        TransportException failure = failure(cause);

        assertEquals(problem, failure.problem());
        assertEquals(notSent, failure.notSent());
        assertSame(cause, failure.getCause());
        assertTrue(failure.status().isEmpty());
        assertTrue(failure.getMessage().contains("https://host/cometd"), failure.getMessage());
        assertFalse(failure.getMessage().contains("s3cret"), failure.getMessage());
        assertEquals(1, http.calls.size());
    }

    @Test
    void aTimeoutTellsItsLimit() {
        assertTrue(failure(new TimeoutException()).getMessage().contains("within 1500 ms"));
    }

    @Test
    void whatTheHttpClientKnowsBetterStays() {
        TransportException known = new TransportException(Problem.CLOSED, "closed", null);

        assertSame(known, failure(known));
    }

    @Test
    void anInterruptIsNoFailure() {
        http.failure = new InterruptedException();

        assertThrows(InterruptedException.class, () -> transport.send(new Batch("[{}]", Duration.ofSeconds(1))));
    }
}
