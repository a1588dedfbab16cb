package dev.bayeux.api.error;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reports that a batch of messages could not be carried to the server, or its answer not back. */
public final class TransportException extends BayeuxException {

    /** Says what happened, in terms that no HTTP client defines. */
    public enum Problem {

        /** The host's name is unknown. Nothing was sent. */
        UNKNOWN_HOST(FailureKind.PERMANENT, true),

        /** No connection could be made: refused, or not in time. Nothing was sent. */
        NOT_CONNECTED(FailureKind.TRANSIENT, true),

        /** The server's certificate is not trusted, or TLS negotiation failed. Nothing was sent. */
        UNTRUSTED(FailureKind.PERMANENT, true),

        /** The program's source of headers or cookies failed. Nothing was sent. */
        NOT_PREPARED(FailureKind.TRANSIENT, true),

        /**
         * The server was reached but gave no WebSocket: it refused the upgrade (see {@link #status()}), did not answer
         * in time, ended the connection, or answered with something that is not HTTP. Nothing was sent. The kind is that
         * of the status; an answer that is not HTTP is {@link FailureKind#PERMANENT}, as over HTTP.
         */
        NOT_UPGRADED(FailureKind.TRANSIENT, true),

        /** A batch, or for a program a message, is longer than the transport can carry. Nothing of it was sent. */
        MESSAGE_TOO_LONG(FailureKind.PERMANENT, true),

        /** The connection was lost after sending began. */
        LOST(FailureKind.TRANSIENT, false),

        /** No complete answer came in time. */
        TIMED_OUT(FailureKind.TRANSIENT, false),

        /** The HTTP status says that the answer is not Bayeux: see {@link #status()}. */
        STATUS(FailureKind.TRANSIENT, false),

        /** The answer has more bytes, or larger headers, than this client accepts. */
        TOO_LARGE(FailureKind.PERMANENT, false),

        /** The answer is not valid HTTP, not in a known coding, or not text of the announced charset. */
        UNREADABLE(FailureKind.PERMANENT, false),

        /** The transport was closed. Nothing was sent, or the answer is no longer needed. */
        CLOSED(FailureKind.TRANSIENT, false);

        private final FailureKind kind;
        private final boolean notSent;

        Problem(FailureKind kind, boolean notSent) {
            this.kind = kind;
            this.notSent = notSent;
        }
    }

    private static final long serialVersionUID = 1L;

    /** The close code of a server that received a message too big for it (RFC 6455, section 7.4.1). */
    private static final int TOO_BIG = 1009;

    /** What happened. */
    private final Problem problem;
    /** HTTP status, 0 if none. */
    private final int status;
    /** Code of the close frame, 0 if none. */
    private final int closeCode;
    /** What Retry-After asked for. */
    private final @Nullable Duration retryAfter;

    private TransportException(FailureKind kind, Problem problem, int status, int closeCode,
            @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
        super(kind, message, ShownCause.of(cause));
        this.problem = Objects.requireNonNull(problem, "problem");
        this.status = status;
        this.closeCode = closeCode;
        this.retryAfter = retryAfter;
    }

    /**
     * Makes the exception for any problem except an HTTP status.
     *
     * @param problem what happened
     * @param message what failed and where; no secrets
     * @param cause the failure of the HTTP or WebSocket stack, if there was one. A cause whose text is long, has
     *            control characters or repeats a header with a secret is replaced by one of the same name and stack
     *            whose text can be shown
     */
    public TransportException(Problem problem, String message, @Nullable Throwable cause) {
        this(problem.kind, problem, 0, 0, null, message, cause);
    }

    /**
     * Makes the exception for an HTTP response whose status is not 200.
     *
     * @param status the status
     * @param retryAfter the wait that {@code Retry-After} asks for, {@code null} if it is missing or unreadable
     * @param message what failed and where; no secrets
     * @return the exception, its kind chosen by the status: 401, 403 and 407 are about authentication, 408, 425, 429
     *         and 5xx may pass, all others will not
     */
    public static TransportException ofStatus(int status, @Nullable Duration retryAfter, String message) {
        return new TransportException(kind(status), Problem.STATUS, status, 0, retryAfter, message, null);
    }

    /**
     * Makes the exception for an answer to a WebSocket upgrade that gives no WebSocket.
     *
     * @param status its HTTP status
     * @param retryAfter the wait that {@code Retry-After} asks for, {@code null} if it is missing or unreadable
     * @param message what failed and where; no secrets
     * @return the exception, its kind chosen by the status as for {@link #ofStatus}
     */
    public static TransportException notUpgraded(int status, @Nullable Duration retryAfter, String message) {
        return new TransportException(kind(status), Problem.NOT_UPGRADED, status, 0, retryAfter, message, null);
    }

    /**
     * Makes the exception for an answer to a WebSocket upgrade that cannot be read: it is not valid HTTP, or its headers are
     * too large.
     *
     * @param message what failed and where; no secrets
     * @return the exception, with the problem {@link Problem#NOT_UPGRADED} and the kind of {@link Problem#UNREADABLE}
     */
    public static TransportException notUpgraded(String message) {
        return new TransportException(Problem.UNREADABLE.kind, Problem.NOT_UPGRADED, 0, 0, null, message, null);
    }

    /**
     * Makes the exception for a WebSocket that the server closed.
     *
     * @param closeCode the code of its close frame
     * @param message what failed and where; no secrets
     * @return the exception, with the problem {@link Problem#LOST}
     */
    public static TransportException closed(int closeCode, String message) {
        return new TransportException(Problem.LOST.kind, Problem.LOST, 0, closeCode, null, message, null);
    }

    private static FailureKind kind(int status) {
        return switch (status) {
            case 401, 403, 407 -> FailureKind.AUTHENTICATION;
            case 408, 425, 429 -> FailureKind.TRANSIENT;
            default -> status >= 500 && status != 501 && status != 505 ? FailureKind.TRANSIENT : FailureKind.PERMANENT;
        };
    }

    /** {@return what happened} */
    public Problem problem() {
        return problem;
    }

    /**
     * {@return the HTTP status, if a response with another status than 200, or 101 for a WebSocket, was the problem}
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * {@return the code of the close frame, if the server closed the WebSocket}
     */
    public OptionalInt closeCode() {
        return closeCode == 0 ? OptionalInt.empty() : OptionalInt.of(closeCode);
    }

    /**
     * Says whether the batch was too long, and was not processed. The transport reports this before it sends anything
     * ({@link Problem#MESSAGE_TOO_LONG}), the server answers with HTTP status 413 or 414, or it closes the WebSocket
     * with code 1009. The client can send the messages of such a batch in smaller batches without a duplicate.
     *
     * @return whether the batch was too long
     */
    public boolean messageTooLong() {
        boolean refusedForLength = problem == Problem.STATUS && (status == 413 || status == 414);
        return problem == Problem.MESSAGE_TOO_LONG || refusedForLength || closeCode == TOO_BIG;
    }

    /** {@return how long the server asked the client to wait ({@code Retry-After}); a lower bound for the next wait} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return whether it is certain that the server received nothing of the batch} */
    public boolean notSent() {
        return problem.notSent;
    }

    /**
     * {@return whether the server answered with an HTTP status that says it did not process the batch: 3xx, or 4xx
     * but 408}
     */
    public boolean refused() {
        return status >= 300 && status < 500 && status != 408;
    }
}
